import { Input, Select } from 'antd';
import { WEBHOOK_METHODS } from '../../common/methods';
import { useT } from '../locale';
import { ConfigItem } from './parts/ConfigItem';

/** Which methods the webhook takes, and its own path. */
export function RouteSection() {
  const t = useT();
  return (
    <>
      <ConfigItem path="methods" label={t('Methods')}>
        <Select mode="multiple" options={WEBHOOK_METHODS.map((method) => ({ value: method, label: method }))} />
      </ConfigItem>
      <ConfigItem
        path="path"
        label={t('Custom path')}
        extra={t(
          'Optional. A segment with a colon takes any value and becomes a variable: orders/:orderId offers $context.params.orderId.',
        )}
        getValueFromEvent={(event: { target: { value: string } }) => event.target.value.replace(/^\s*\/+/, '')}
      >
        <Input placeholder="orders/:orderId" spellCheck={false} />
      </ConfigItem>
    </>
  );
}
