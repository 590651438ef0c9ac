import { Alert, Flex, InputNumber, Select } from 'antd';
import { useCurrentWorkflowContext } from '@nocobase/plugin-workflow/client-v2';
import { SYNC_TIMEOUT_STATUSES, type SyncTimeoutStatus } from '../../../common/config';
import { knowsRepeats } from '../../../common/knowsRepeats';
import { text, useT } from '../../locale';
import { ConfigItem } from '../parts/ConfigItem';
import { useConfig } from '../useConfig';

/** When the answer goes out: NocoBase's own switch, fixed when the workflow was created. */
export function ModeHint() {
  const t = useT();
  const { sync } = useCurrentWorkflowContext();
  return (
    <>
      <Alert
        type="info"
        style={{ marginBottom: 16 }}
        message={
          sync
            ? t(
                'This workflow runs synchronously: the caller waits for it, and the answer can hold what its nodes found.',
              )
            : t(
                'This workflow runs asynchronously: the caller is answered as soon as the call is accepted, before it runs.',
              )
        }
      />
      {sync ? <LongestWait /> : null}
    </>
  );
}

/** What a caller is told after the longest wait; English, and the i18n keys. */
const STATUSES = {
  408: text('408 Request Timeout, as NocoBase’s documentation has it'),
  504: text('504 Gateway Timeout'),
  202: text('202 Accepted, with the delivery ID'),
} as const satisfies Record<SyncTimeoutStatus, string>;

/** How long a caller waits, and what it is told then. */
function LongestWait() {
  const t = useT();
  const config = useConfig();
  return (
    <>
      <Flex gap="middle" wrap>
        <ConfigItem path="syncTimeout" label={t('Longest wait')}>
          <InputNumber min={1} max={600_000} step={1000} addonAfter={t('ms')} style={{ width: 180 }} />
        </ConfigItem>
        <ConfigItem
          path="syncTimeoutStatus"
          label={t('Answer after that')}
          extra={t('The workflow runs on.')}
          style={{ flex: '1 1 240px' }}
        >
          <Select options={SYNC_TIMEOUT_STATUSES.map((status) => ({ value: status, label: t(STATUSES[status]) }))} />
        </ConfigItem>
      </Flex>
      {config.syncTimeoutStatus === 408 && !knowsRepeats(config) ? (
        <Alert
          type="warning"
          showIcon
          style={{ marginBottom: 24 }}
          message={t(
            'Clients may repeat a call that was answered with 408 by themselves, while its workflow runs on: it would run twice. Set what repeats have in common, or choose another answer.',
          )}
        />
      ) : null}
    </>
  );
}
