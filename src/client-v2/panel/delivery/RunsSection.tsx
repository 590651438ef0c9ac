import { Flex, Radio } from 'antd';
import { useT } from '../../locale';
import { ConfigItem } from '../parts/ConfigItem';
import { OrderFields } from './OrderFields';
import { RetryFields } from './RetryFields';

/** In which order deliveries are run, and what becomes of a run that fails or is cut off. */
export function RunsSection() {
  const t = useT();
  return (
    <Flex vertical>
      <OrderFields />
      <ConfigItem
        path="onInterruption"
        label={t('A run that was cut off by the end of NocoBase')}
        extra={t(
          'The node that was under way is done again when it goes on, such as a call or an email that was on its way. Choose to mark it where that must not happen.',
        )}
      >
        <Radio.Group
          options={[
            { value: 'resume', label: t('Goes on') },
            { value: 'mark', label: t('Is ended and marked as interrupted') },
          ]}
        />
      </ConfigItem>
      <RetryFields />
    </Flex>
  );
}
