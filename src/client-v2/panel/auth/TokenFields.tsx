import { Alert, Flex, Input, Radio } from 'antd';
import type { TokenAuth } from '../../../common/config';
import { useT } from '../../locale';
import { ConfigItem } from '../parts/ConfigItem';
import { useConfig } from '../useConfig';
import { SecretList } from './SecretList';

export function TokenFields() {
  const t = useT();
  const auth = useConfig().auth as TokenAuth;
  return (
    <>
      <ConfigItem path="auth.in" label={t('The token is in')}>
        <Radio.Group
          options={[
            { value: 'header', label: t('a header') },
            { value: 'query', label: t('a query parameter') },
          ]}
        />
      </ConfigItem>
      {auth.in === 'query' ? (
        <Alert
          type="info"
          showIcon
          style={{ marginBottom: 16 }}
          message={t('URLs end up in the logs of servers on the way. Prefer a header where the sender can set one.')}
        />
      ) : null}
      <Flex gap="middle">
        <ConfigItem
          path="auth.name"
          style={{ flex: 1 }}
          label={auth.in === 'query' ? t('Parameter name') : t('Header name')}
          required
        >
          <Input spellCheck={false} />
        </ConfigItem>
        {auth.in === 'query' ? null : (
          <ConfigItem path="auth.scheme" optional style={{ flex: 1 }} label={t('Word before the token')}>
            <Input placeholder="Bearer" spellCheck={false} />
          </ConfigItem>
        )}
      </Flex>
      <ConfigItem path="auth.secrets" label={t('Tokens')}>
        <SecretList label={t('Token')} />
      </ConfigItem>
    </>
  );
}
