import { Input, Switch } from 'antd';
import { useT } from '../../locale';
import { ConfigItem } from '../parts/ConfigItem';

/** How large a call may be, and which credentials the workflow sees of it. */
export function LimitsSection() {
  const t = useT();
  return (
    <>
      <ConfigItem
        path="body.maxSize"
        label={t('Largest body')}
        extra={t('A number with b, kb or mb. A larger body is answered with 413.')}
      >
        <Input style={{ width: 160 }} spellCheck={false} />
      </ConfigItem>
      <ConfigItem
        path="headers.credentials"
        label={t('Give other credentials to the workflow')}
        valuePropName="checked"
        extra={t(
          'The headers Authorization, Proxy-Authorization and Cookie, and tokens of other services, are left out of $context. Switched on, every execution keeps and shows them; the credential of this webhook stays out.',
        )}
        style={{ marginBottom: 0 }}
      >
        <Switch />
      </ConfigItem>
    </>
  );
}
