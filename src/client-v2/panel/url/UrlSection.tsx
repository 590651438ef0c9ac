import { Alert, Flex, Form, Typography } from 'antd';
import { useCurrentWorkflowContext } from '@nocobase/plugin-workflow/client-v2';
import { DeliveriesButton } from '../../deliveries/DeliveriesButton';
import { useT } from '../../locale';
import { CodeBlock } from '../parts/CodeBlock';
import { useConfig } from '../useConfig';
import { curlExample } from './curl';
import { OpenapiButton } from './OpenapiButton';
import { useWebhookUrl } from './webhookUrl';

/** Where to call, and a call to paste into a shell. */
export function UrlSection() {
  const t = useT();
  const workflow = useCurrentWorkflowContext();
  const config = useConfig();
  const webhookUrl = useWebhookUrl();
  const [keyUrl, pathUrl] = [webhookUrl(workflow.key ?? ''), webhookUrl(config.path)];
  const url = config.path ? pathUrl : keyUrl;
  const curl = curlExample(config, url);
  return (
    <Flex vertical gap="small">
      {workflow.enabled ? null : (
        <Alert
          type="info"
          showIcon
          message={t('This workflow is not enabled: calls are answered with 404 until it is.')}
        />
      )}
      {config.path ? (
        <Form.Item label={t('URL with the custom path')} style={{ marginBottom: 0 }}>
          <CodeBlock code={pathUrl} label={t('URL with the custom path')} />
        </Form.Item>
      ) : null}
      <Form.Item
        label={t('Webhook URL')}
        style={{ marginBottom: 0 }}
        extra={t('Stays the same in every version of this workflow.')}
      >
        <CodeBlock code={keyUrl} label={t('Webhook URL')} />
      </Form.Item>
      <Form.Item label={t('Try it from a shell')} style={{ marginBottom: 0 }}>
        <CodeBlock code={curl.script} label={t('Shell command')} />
        {curl.unsignable ? (
          <Typography.Text type="secondary">
            {t(
              'This way of signing is beyond a shell line: the call above is refused. Use the test button of the service.',
            )}
          </Typography.Text>
        ) : null}
      </Form.Item>
      {workflow.key ? (
        <Flex gap="small" wrap>
          <DeliveriesButton webhookKey={workflow.key} />
          {workflow.id ? <OpenapiButton workflowId={workflow.id} name={workflow.key} /> : null}
        </Flex>
      ) : null}
    </Flex>
  );
}
