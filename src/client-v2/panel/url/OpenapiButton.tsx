import { DownloadOutlined } from '@ant-design/icons';
import { useFlowEngine } from '@nocobase/flow-engine';
import { Button, ConfigProvider, Tooltip } from 'antd';
import { useState } from 'react';
import { ENDPOINTS_RESOURCE } from '../../../common/deliveriesApi';
import { useT } from '../../locale';

/** Saves the OpenAPI document of a webhook as it was saved last. Works also where the panel can only be read. */
export function OpenapiButton({ workflowId, name }: { workflowId: number | string; name: string }) {
  const t = useT();
  const { apiClient } = useFlowEngine().context.app;
  const [isLoading, setLoading] = useState(false);
  const download = async () => {
    setLoading(true);
    try {
      const url = `${ENDPOINTS_RESOURCE}:openapi?filterByTk=${workflowId}`;
      const { data } = await apiClient.request<unknown>({ url });
      saveAs(`${name}.openapi.json`, JSON.stringify(data, null, 2));
    } finally {
      setLoading(false);
    }
  };
  return (
    <ConfigProvider componentDisabled={false}>
      <Tooltip
        title={t(
          'Paths, methods, schemas, verification and answers, to give to the one who calls; no secret is in it.',
        )}
      >
        <Button icon={<DownloadOutlined />} loading={isLoading} onClick={() => void download()}>
          {t('OpenAPI document')}
        </Button>
      </Tooltip>
    </ConfigProvider>
  );
}

function saveAs(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
