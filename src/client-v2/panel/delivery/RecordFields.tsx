import { InputNumber, Switch } from 'antd';
import { useT } from '../../locale';
import { ConfigItem } from '../parts/ConfigItem';

/** What the log keeps of deliveries. Credentials are never kept. */
export function RecordFields() {
  const t = useT();
  return (
    <>
      <ConfigItem
        path="record.bodies"
        label={t('Keep the bodies')}
        extra={t('Without them a delivery can not be replayed once its execution is deleted.')}
        valuePropName="checked"
      >
        <Switch />
      </ConfigItem>
      <ConfigItem
        path="record.rejected"
        label={t('Keep refused calls')}
        extra={t('With the reason, and without the body of callers who could not be verified.')}
        valuePropName="checked"
      >
        <Switch />
      </ConfigItem>
      <ConfigItem path="record.retentionDays" label={t('Days after which a delivery is deleted')} required>
        <InputNumber min={1} precision={0} />
      </ConfigItem>
    </>
  );
}
