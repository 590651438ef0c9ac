import { useFlowEngine } from '@nocobase/flow-engine';
import { useCurrentWorkflowContext } from '@nocobase/plugin-workflow/client-v2';
import { Alert, Button, ConfigProvider } from 'antd';
import { useState } from 'react';
import { useT } from '../locale';
import { workflowPage } from '../parts/pages';

/** On a version that has run, whose settings NocoBase lets nobody change: the way to one that can be changed. */
export function ExecutedBar() {
  const t = useT();
  const { app } = useFlowEngine().context;
  const { id, key, versionStats } = useCurrentWorkflowContext();
  const [isBusy, setBusy] = useState(false);
  if (!id || !versionStats?.executed) {
    return null;
  }
  const makeVersion = async () => {
    setBusy(true);
    try {
      const query = new URLSearchParams({ filterByTk: String(id), filter: JSON.stringify({ key }) });
      const { data } = await app.apiClient.request<{ data: { id: number } }>({
        url: `workflows:revision?${query}`,
        method: 'post',
      });
      window.location.assign(app.getHref(workflowPage(data.data.id)));
    } catch {
      // NocoBase has shown why.
      setBusy(false);
    }
  };
  return (
    <ConfigProvider componentDisabled={false}>
      <Alert
        type="info"
        showIcon
        message={t('This version has run: its settings can only be read.')}
        action={
          <Button size="small" type="primary" loading={isBusy} onClick={() => void makeVersion()}>
            {t('Make a new version')}
          </Button>
        }
      />
    </ConfigProvider>
  );
}
