import type { TokenAuth } from '../../../common/auth';
import { useT } from '../../locale';
import { ConfigItem } from '../parts/ConfigItem';
import { useConfig } from '../useConfig';
import { SecretList } from './SecretList';
import { TokenPlaceFields } from './TokenPlaceFields';

export function TokenFields() {
  const t = useT();
  const auth = useConfig().auth as TokenAuth;
  return (
    <>
      <TokenPlaceFields place={auth.in} inBody />
      <ConfigItem path="auth.secrets" label={t('Tokens')}>
        <SecretList label={t('Token')} />
      </ConfigItem>
    </>
  );
}
