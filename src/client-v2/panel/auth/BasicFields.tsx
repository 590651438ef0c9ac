import { Input } from 'antd';
import { useT } from '../../locale';
import { ConfigItem } from '../parts/ConfigItem';
import { SecretField } from './SecretField';

export function BasicFields() {
  const t = useT();
  return (
    <>
      <ConfigItem path="auth.username" label={t('User name')} required>
        <Input autoComplete="off" spellCheck={false} />
      </ConfigItem>
      <ConfigItem path="auth.password" label={t('Password')}>
        <SecretField label={t('Password')} canGenerate />
      </ConfigItem>
    </>
  );
}
