import { CalculationConfig } from '@nocobase/plugin-workflow/client-v2';
import { Radio } from 'antd';
import type { FilterOnError } from '../../../common/config';
import { text, useT } from '../../locale';
import { ConfigItem } from '../parts/ConfigItem';
import { useRequestVariables } from '../response/useRunVariables';

/** English, and the i18n keys. */
const ON_ERROR: { value: FilterOnError; label: string }[] = [
  { value: 'ignore', label: text('Ignore the call') },
  { value: 'start', label: text('Start the workflow') },
];

/** Which calls start the workflow, in NocoBase's own condition builder. */
export function FilterSection() {
  const t = useT();
  return (
    <>
      <ConfigItem
        path="filter"
        label={t('Start only if')}
        extra={t(
          'Any other call is answered with 200 and starts nothing. Without conditions every call starts the workflow.',
        )}
      >
        <CalculationConfig useVariableHook={useRequestVariables} />
      </ConfigItem>
      <ConfigItem
        path="filterOnError"
        label={t('If a condition can not be evaluated')}
        extra={t('As when "contains" is asked of something that is neither text nor a list. The log then says so.')}
        style={{ marginBottom: 0 }}
      >
        <Radio.Group options={ON_ERROR.map(({ value, label }) => ({ value, label: t(label) }))} />
      </ConfigItem>
    </>
  );
}
