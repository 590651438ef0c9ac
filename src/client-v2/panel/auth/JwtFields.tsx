import { Flex, Input, InputNumber, Select, Switch } from 'antd';
import type { JwtAuth } from '../../../common/auth';
import { JWT_ALGORITHMS } from '../../../common/jwtAlgorithms';
import { usesSecret } from '../../../common/needsSecret';
import { useT } from '../../locale';
import { ConfigItem } from '../parts/ConfigItem';
import { useConfig } from '../useConfig';
import { JwtClaimFields } from './JwtClaimFields';
import { SecretList } from './SecretList';
import { HandshakeFields } from './signature/HandshakeFields';
import { TokenPlaceFields } from './TokenPlaceFields';

/** What counts where no name is given; of a body it is all of it. */
const DEFAULT_NAMES = { header: 'authorization', query: 'token', body: '' };

export function JwtFields() {
  const t = useT();
  const auth = useConfig().auth as JwtAuth;
  const publicKeys = (auth.algorithms ?? []).some((algorithm) => !algorithm.startsWith('HS'));
  const place = auth.in ?? 'header';
  return (
    <>
      <TokenPlaceFields
        place={place}
        inBody
        bodyNote={t('A field of JSON or of a form. Empty: the whole body. What the token says is the data then.')}
        defaultName={DEFAULT_NAMES[place]}
        defaultScheme={/^(authorization)?$/i.test(auth.name ?? '') ? 'Bearer' : ''}
      />
      <ConfigItem path="auth.algorithms" label={t('Algorithms taken')} required>
        <Select mode="multiple" options={JWT_ALGORITHMS.map((value) => ({ value, label: value }))} />
      </ConfigItem>
      {usesSecret(auth) ? (
        <ConfigItem path="auth.secrets" label={t('Signing secrets')}>
          <SecretList label={t('Signing secret')} />
        </ConfigItem>
      ) : null}
      {publicKeys ? (
        <>
          <ConfigItem path="auth.jwksUrl" optional label={t('URL of the public keys (JWKS)')}>
            <Input placeholder="https://issuer.example/.well-known/jwks.json" spellCheck={false} />
          </ConfigItem>
          <ConfigItem
            path="auth.publicKey"
            optional
            label={t('Or the public key itself')}
            extra={t('PEM, JWK or JWKS.')}
          >
            <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} spellCheck={false} />
          </ConfigItem>
        </>
      ) : null}
      <Flex gap="middle">
        <ConfigItem path="auth.issuer" optional style={{ flex: 1 }} label={t('Issuer (iss)')}>
          <Input spellCheck={false} />
        </ConfigItem>
        <ConfigItem path="auth.audience" optional style={{ flex: 1 }} label={t('Audience (aud)')}>
          <Input spellCheck={false} />
        </ConfigItem>
      </Flex>
      <Flex gap="middle">
        <ConfigItem path="auth.clockTolerance" optional style={{ flex: 1 }} label={t('Clock tolerance')}>
          <InputNumber min={0} placeholder="30" addonAfter={t('seconds')} style={{ width: '100%' }} />
        </ConfigItem>
        <ConfigItem
          path="auth.requireExpiry"
          style={{ flex: 1 }}
          label={t('Refuse tokens without an end')}
          getValueProps={(value?: boolean) => ({ checked: value ?? true })}
        >
          <Switch />
        </ConfigItem>
      </Flex>
      <JwtClaimFields />
      <HandshakeFields isOpen />
    </>
  );
}
