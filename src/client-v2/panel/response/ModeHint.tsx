import { Alert, InputNumber } from 'antd';
import { useCurrentWorkflowContext } from '@nocobase/plugin-workflow/client-v2';
import { useT } from '../../locale';
import { ConfigItem } from '../parts/ConfigItem';

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
      {sync ? (
        <ConfigItem
          path="syncTimeout"
          label={t('Longest wait')}
          extra={t('After that the caller is answered with 408, and the workflow runs on.')}
        >
          <InputNumber min={1} max={600_000} step={1000} addonAfter={t('ms')} style={{ width: 180 }} />
        </ConfigItem>
      ) : null}
    </>
  );
}
