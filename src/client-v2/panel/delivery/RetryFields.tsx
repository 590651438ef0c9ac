import { Alert, Checkbox, Flex, InputNumber, Switch } from 'antd';
import { defaultRetry } from '../../../common/config';
import type { RetriedStatus } from '../../../common/deliveries';
import { text, useT } from '../../locale';
import { ConfigItem } from '../parts/ConfigItem';
import { useConfig } from '../useConfig';

const OUTCOMES: Record<RetriedStatus, string> = {
  failed: text('has failed'),
  timedOut: text('has taken longer than its time-out'),
  interrupted: text('was interrupted'),
};

/** Whether, how often and when the run of a delivery is tried again that has failed. */
export function RetryFields() {
  const t = useT();
  const { retry, concurrency, orderBy } = useConfig();
  return (
    <>
      <ConfigItem
        path="retry"
        isGroup
        label={t('Try failed runs again')}
        extra={t(
          'By itself, after a while. A caller who waits is told of the first failure at once; the next try runs in the background.',
        )}
        getValueProps={(value: unknown) => ({ checked: value !== null })}
        getValueFromEvent={(checked: boolean) => (checked ? defaultRetry() : null)}
      >
        <Switch />
      </ConfigItem>
      {retry ? (
        <>
          <Flex gap="middle" wrap>
            <ConfigItem path="retry.times" label={t('How many more tries')} required>
              <InputNumber min={1} max={100} precision={0} style={{ width: 140 }} />
            </ConfigItem>
            <ConfigItem
              path="retry.backoff"
              label={t('Seconds until the next try')}
              extra={t('Each further wait is twice as long, up to a day.')}
              required
            >
              <InputNumber min={0} precision={0} style={{ width: 140 }} />
            </ConfigItem>
          </Flex>
          <ConfigItem path="retry.on" label={t('After a run that')} required>
            <Checkbox.Group options={Object.entries(OUTCOMES).map(([value, label]) => ({ value, label: t(label) }))} />
          </ConfigItem>
          <Alert
            type="info"
            showIcon
            style={{ marginBottom: 24 }}
            message={t(
              'A try begins at the first node: what was done before the failure, such as an email or a new record, is done again.',
            )}
            description={
              concurrency === 1 || orderBy !== null
                ? t('What came later waits meanwhile. Skip the failed one in the log to go on.')
                : undefined
            }
          />
        </>
      ) : null}
    </>
  );
}
