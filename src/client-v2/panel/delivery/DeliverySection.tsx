import { Flex, Radio } from 'antd';
import { useT } from '../../locale';
import { ConfigItem } from '../parts/ConfigItem';
import { useConfig } from '../useConfig';
import { DedupeFields } from './DedupeFields';
import { OrderFields } from './OrderFields';
import { RecordFields } from './RecordFields';
import { RetryFields } from './RetryFields';

/** How deliveries are run, which are known as repeats, and what is kept of them. */
export function DeliverySection() {
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
      <DedupeFields />
      <RecordFields />
    </Flex>
  );
}

export function DeliverySummary() {
  const t = useT();
  const { concurrency, orderBy, record, retry } = useConfig();
  const order = concurrency === 1 ? t('In order of arrival') : t('{{count}} at once', { count: concurrency });
  return (
    <>
      {order} · {orderBy ? <>{t('in order for each {{source}}', { source: orderBy })} · </> : null}
      {retry ? <>{t('tried up to {{count}} times', { count: retry.times + 1 })} · </> : null}
      {t('kept for {{days}} days', { days: record.retentionDays })}
    </>
  );
}
