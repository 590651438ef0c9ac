import { App, Button, Card, Descriptions, Flex, Form, Select, Spin, Typography } from 'antd';
import type { WebhookSettings, WebhookSettingsInput } from '../../common/settings';
import { trustedProxies } from '../../common/validateNetwork';
import { useT } from '../locale';
import { useWebhookSettings } from './useWebhookSettings';

/** What is set once for all webhooks: whose word on a caller's address is believed. */
export default function SettingsPage() {
  const { settings, isLoading, save } = useWebhookSettings();
  return (
    <Card variant="borderless">
      <Spin spinning={isLoading}>
        {settings ? (
          <Flex vertical gap="large" style={{ maxWidth: 720 }}>
            <ProxyForm settings={settings} save={save} />
            <SeenAddress settings={settings} />
          </Flex>
        ) : null}
      </Spin>
    </Card>
  );
}

type ProxyFormProps = { settings: WebhookSettings; save: ReturnType<typeof useWebhookSettings>['save'] };

function ProxyForm({ settings, save }: ProxyFormProps) {
  const t = useT();
  const { message } = App.useApp();
  const isFixed = settings.source === 'environment';
  const submit = async (values: WebhookSettingsInput) => {
    await save(values);
    void message.success(t('Saved'));
  };
  return (
    <Form
      layout="vertical"
      disabled={isFixed}
      initialValues={{ trustedProxies: settings.trustedProxies }}
      onFinish={(values: WebhookSettingsInput) => submit(values).catch(() => undefined)}
    >
      <Form.Item
        name="trustedProxies"
        label={t('Trusted proxies')}
        extra={
          isFixed
            ? t('Set by the environment variable WEBHOOK_TRUSTED_PROXIES, which wins over this page.')
            : t(
                'Addresses and networks of the proxies in front of NocoBase, or loopback, linklocal, uniquelocal. Only they are believed when they say whom a call came from; without them a caller could choose its address.',
              )
        }
        rules={[
          {
            async validator(_rule, value: unknown) {
              const [problem] = trustedProxies(value ?? [], '');
              if (problem) {
                throw new Error(t(problem.message, problem.values));
              }
            },
          },
        ]}
      >
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', ' ', '\n']} />
      </Form.Item>
      <Button type="primary" htmlType="submit">
        {t('Save')}
      </Button>
    </Form>
  );
}

/** How this very browser's request reached the server: the quickest way to find a proxy that is missing. */
function SeenAddress({ settings }: { settings: WebhookSettings }) {
  const t = useT();
  const chain = [...settings.forwardedFor, settings.socketAddress];
  return (
    <div>
      <Descriptions
        bordered
        size="small"
        column={1}
        title={t('How the server sees this browser')}
        items={[
          { key: 'client', label: t('Your address'), children: settings.clientAddress || t('It can not be told.') },
          { key: 'chain', label: t('Forwarded by'), children: chain.join(' → ') },
        ]}
      />
      <Typography.Paragraph type="secondary" style={{ marginTop: 8 }}>
        {t(
          'If this is not the address you have, the proxy that it belongs to is missing above. From left to right: what the caller may have written, then each proxy; the last one is who connected to NocoBase.',
        )}
      </Typography.Paragraph>
    </div>
  );
}
