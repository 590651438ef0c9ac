import { Flex, InputNumber, Radio } from 'antd';
import { useT } from '../../locale';
import { ConfigItem } from '../parts/ConfigItem';
import { useConfig } from '../useConfig';
import { DedupeFields } from './DedupeFields';
import { RecordFields } from './RecordFields';

/** How deliveries are run, which are known as repeats, and what is kept of them. */
export function DeliverySection() {
  const t = useT();
  return (
    <Flex vertical>
      <ConfigItem
        path="concurrency"
        label={t('Runs at once')}
        extra={t(
          '1: one after the other, in order of arrival. More: side by side, for runs that need no order. A run counts until it has ended, also while it waits for the answer to its own HTTP request, email, script or language model; not while it waits for a person, a time or another system. Where callers wait for the run, it starts at once.',
        )}
        required
      >
        <InputNumber min={1} precision={0} />
      </ConfigItem>
      <ConfigItem
        path="onInterruption"
        label={t('A run that was cut off by the end of NocoBase')}
        extra={t(
          'What has been done since the run last waited may be done again when it goes on, and so may a call or an email that was on its way. Choose to mark it where that must not happen.',
        )}
      >
        <Radio.Group
          options={[
            { value: 'resume', label: t('Goes on') },
            { value: 'mark', label: t('Is ended and marked as interrupted') },
          ]}
        />
      </ConfigItem>
      <DedupeFields />
      <RecordFields />
    </Flex>
  );
}

export function DeliverySummary() {
  const t = useT();
  const { concurrency, record } = useConfig();
  return (
    <>
      {concurrency === 1 ? t('In order of arrival') : t('{{count}} at once', { count: concurrency })} ·{' '}
      {t('kept for {{days}} days', { days: record.retentionDays })}
    </>
  );
}
