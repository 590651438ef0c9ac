import { Alert, Flex, Input, Select } from 'antd';
import { useT } from '../../locale';
import { ConfigItem } from '../parts/ConfigItem';

export function MtlsFields() {
  const t = useT();
  return (
    <>
      <Alert
        type="warning"
        showIcon
        style={{ marginBottom: 16 }}
        message={t(
          'Your proxy checks the certificate and must overwrite these headers on every call; else anyone can write them.',
        )}
      />
      <Flex gap="middle">
        <ConfigItem path="auth.verifyHeader" style={{ flex: 1 }} label={t('Header with the verdict')} required>
          <Input spellCheck={false} />
        </ConfigItem>
        <ConfigItem path="auth.verifyValue" style={{ flex: 1 }} label={t('What it must say')} required>
          <Input spellCheck={false} />
        </ConfigItem>
      </Flex>
      <ConfigItem path="auth.identityHeader" label={t('Header with the identity')} required>
        <Input spellCheck={false} />
      </ConfigItem>
      <ConfigItem
        path="auth.allowed"
        label={t('Identities let in')}
        required
        extra={t('Exactly as the proxy writes them, such as CN=partner,O=Example.')}
      >
        <Select mode="tags" open={false} suffixIcon={null} />
      </ConfigItem>
    </>
  );
}
