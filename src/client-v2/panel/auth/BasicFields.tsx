import { Input } from 'antd';
import { useT } from '../../locale';
import { ConfigItem } from '../parts/ConfigItem';
import { SecretList } from './SecretList';

export function BasicFields() {
  const t = useT();
  return (
    <>
      <ConfigItem
        path="auth.username"
        label={t('User name')}
        extra={t('Empty: the caller has to send none, as Azure DevOps does.')}
      >
        <Input autoComplete="off" spellCheck={false} />
      </ConfigItem>
      <ConfigItem path="auth.passwords" label={t('Passwords')}>
        <SecretList label={t('Password')} />
      </ConfigItem>
    </>
  );
}
