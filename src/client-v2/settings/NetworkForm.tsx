import { App, Button, Form, Input, Select } from 'antd';
import { publicUrlRule } from '../../common/publicUrl';
import type { Rule } from '../../common/rules';
import {
  SETTING_VARIABLES,
  type NetworkSettings,
  type WebhookSettings,
  type WebhookSettingsInput,
} from '../../common/settings';
import { trustedProxies } from '../../common/validateNetwork';
import { useT } from '../locale';
import type { WebhookSettingsAccess } from './useWebhookSettings';

export interface NetworkFormProps extends Pick<WebhookSettingsAccess, 'save'> {
  settings: WebhookSettings;
}

/** The settings to fill in. One that the environment sets is shown, and left out of what is saved. */
export function NetworkForm({ settings, save }: NetworkFormProps) {
  const t = useT();
  const { message } = App.useApp();
  const [form] = Form.useForm<NetworkSettings>();
  const { sources } = settings;
  const isFixed = (name: keyof NetworkSettings) => sources[name] === 'environment';
  const fixedHint = (name: keyof NetworkSettings) =>
    isFixed(name)
      ? t('Set by the environment variable {{name}}, which wins over this page.', { name: SETTING_VARIABLES[name] })
      : null;
  const submit = async (values: NetworkSettings) => {
    const free = Object.entries(values).filter(([name]) => !isFixed(name as keyof NetworkSettings));
    // In the form in which it is in force now: the server drops what makes no difference.
    form.setFieldsValue(await save(Object.fromEntries(free) as WebhookSettingsInput));
    void message.success(t('Saved'));
  };
  const check = (rule: Rule) => ({
    async validator(_rule: unknown, value: unknown) {
      const [problem] = value === undefined ? [] : rule(value, '');
      if (problem) {
        throw new Error(t(problem.message, problem.values));
      }
    },
  });
  return (
    <Form
      form={form}
      layout="vertical"
      initialValues={{ publicUrl: settings.publicUrl, trustedProxies: settings.trustedProxies }}
      onFinish={(values: NetworkSettings) => submit(values).catch(() => undefined)}
    >
      <Form.Item
        name="publicUrl"
        label={t('Public URL')}
        extra={
          fixedHint('publicUrl') ??
          t(
            'Under which the outside reaches NocoBase, with the path that a proxy puts in front, if any. The URLs of webhooks are shown with it, and services that sign the URL are verified by it. Empty: as each request says.',
          )
        }
        rules={[check(publicUrlRule)]}
      >
        <Input
          disabled={isFixed('publicUrl')}
          placeholder="https://hooks.example.com"
          spellCheck={false}
          autoComplete="off"
        />
      </Form.Item>
      <Form.Item
        name="trustedProxies"
        label={t('Trusted proxies')}
        extra={
          fixedHint('trustedProxies') ??
          t(
            'Addresses and networks of the proxies in front of NocoBase, or loopback, linklocal, uniquelocal. Only they are believed when they say whom a call came from; without them a caller could choose its address.',
          )
        }
        rules={[check(trustedProxies)]}
      >
        <Select
          mode="tags"
          disabled={isFixed('trustedProxies')}
          open={false}
          suffixIcon={null}
          tokenSeparators={[',', ' ', '\n']}
        />
      </Form.Item>
      <Button type="primary" htmlType="submit" disabled={isFixed('publicUrl') && isFixed('trustedProxies')}>
        {t('Save')}
      </Button>
    </Form>
  );
}
