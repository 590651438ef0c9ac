import { Alert, Flex, Input, Select, Typography } from 'antd';
import { capturesSecrets } from '../../../../common/capturedSecrets';
import { coverageOfScheme } from '../../../../common/coverage';
import { JWT_ALGORITHMS } from '../../../../common/jwtAlgorithms';
import { HASH_ALGORITHMS, type SignatureScheme } from '../../../../common/presets';
import { schemeOfAuth } from '../../../../common/schemeOfAuth';
import { contentTemplates } from '../../../../common/signedText';
import { useT } from '../../../locale';
import { ConfigItem } from '../../parts/ConfigItem';
import { useConfig } from '../../useConfig';
import { CapturedSecrets } from '../CapturedSecrets';
import { CoverageNote } from '../CoverageNote';
import { SecretList } from '../SecretList';
import { ECDSA_FORMS, KINDS, RSA_PADDINGS, SIGNATURE_ENCODING_LABELS, usesPublicKey } from './choices';
import { HandshakeFields } from './HandshakeFields';
import { SignatureMoreFields } from './SignatureMoreFields';
import { SignatureTimeFields } from './SignatureTimeFields';
import { SignedHeadersFields } from './SignedHeadersFields';
import { SourceList } from './SourceList';
import { TextList } from './TextList';

/** A signature scheme that the maker describes: the same form in which the known services are described. */
export function SignatureFields() {
  const t = useT();
  const { auth } = useConfig();
  const scheme = schemeOfAuth(auth) as SignatureScheme;
  const { kind, sig, headers } = scheme;
  const isPublic = usesPublicKey(scheme);
  return (
    <>
      <ConfigItem path="auth.kind" label={t('Kind of proof')} getValueProps={() => ({ value: kind })}>
        <Select options={KINDS.map(({ value, label }) => ({ value, label: t(label) }))} />
      </ConfigItem>
      <ConfigItem path="auth.secrets" label={isPublic ? t('Public keys of the sender') : t('Signing secrets')}>
        <SecretList label={isPublic ? t('Public key') : t('Signing secret')} />
      </ConfigItem>
      {capturesSecrets(auth) ? <CapturedSecrets /> : null}
      {isPublic ? (
        <ConfigItem
          path="auth.key.url"
          optional
          label={t('Or the address that they are fetched from')}
          extra={t('https only: a JWKS, a JWK or a PEM. Kept for ten minutes.')}
        >
          <Input placeholder="https://issuer.example/.well-known/jwks.json" spellCheck={false} />
        </ConfigItem>
      ) : null}
      <ConfigItem
        path="auth.sig.from"
        label={kind === 'token' ? t('Where the secret is') : t('Where the signature is')}
        required
        extra={Array.isArray(sig.from) && !sig.any ? t('The first of these that is present.') : undefined}
      >
        <SourceList />
      </ConfigItem>
      {kind === 'token' ? null : (
        <>
          <AlgorithmFields scheme={scheme} />
          <ConfigItem
            path="auth.content"
            optional
            label={t('Signed text')}
            extra={
              <>
                {t('All else stands for itself. Filled in from the call:')}{' '}
                <Typography.Text code>
                  {
                    '{body} {ts} {url} {path} {target} {method} {secret} {header:name} {query:name} {json:path} {form:name} {form-json:name.path} {sorted-form} {sorted-query} {sorted-json} {headers} {sha256:body} {base64:body} {lower:json:path}'
                  }
                </Typography.Text>{' '}
                {t('After a change to a text that the secret is in, a stored secret has to be entered again.')}
              </>
            }
          >
            <Input.TextArea autoSize={{ minRows: 1, maxRows: 6 }} spellCheck={false} placeholder="{body}" />
          </ConfigItem>
          <ConfigItem
            path="auth.alternatives"
            optional
            label={t('Or one of these texts')}
            extra={t('For a sender that signs in one of several ways, as without a header that is not always there.')}
            getValueFromEvent={(texts: string[]) => (texts.length > 0 ? texts : undefined)}
          >
            <TextList />
          </ConfigItem>
          {headers || contentTemplates(scheme).some((text) => text.includes('{headers}')) ? (
            <SignedHeadersFields />
          ) : null}
          <SignatureTimeFields />
        </>
      )}
      <CoverageNote coverage={coverageOfScheme(scheme)} isToken={kind === 'token'} />
      <SignatureMoreFields />
      <HandshakeFields />
    </>
  );
}

/** How the signature is made and written. */
function AlgorithmFields({ scheme: { kind, alg = 'sha256' } }: { scheme: SignatureScheme }) {
  const t = useT();
  const half = { flex: '1 1 140px' };
  return (
    <>
      <Flex gap="0 16px" wrap>
        {kind === 'jws' ? (
          <ConfigItem path="auth.algorithms" style={half} label={t('Algorithms taken')} required>
            <Select mode="multiple" options={JWT_ALGORITHMS.map((value) => ({ value, label: value }))} />
          </ConfigItem>
        ) : kind === 'ed25519' ? null : (
          <ConfigItem path="auth.alg" style={half} label={t('Algorithm')} getValueProps={() => ({ value: alg })}>
            <Select options={HASH_ALGORITHMS.map((value) => ({ value, label: value.toUpperCase() }))} />
          </ConfigItem>
        )}
        {kind === 'rsa' ? (
          <ConfigItem path="auth.padding" style={half} label={t('Padding')}>
            <Select placeholder={RSA_PADDINGS[0].label} options={[...RSA_PADDINGS]} allowClear />
          </ConfigItem>
        ) : null}
        {kind === 'ecdsa' ? (
          <ConfigItem path="auth.form" style={half} label={t('Form of the signature')}>
            <Select
              placeholder={t(ECDSA_FORMS[0].label)}
              options={ECDSA_FORMS.map(({ value, label }) => ({ value, label: t(label) }))}
              allowClear
            />
          </ConfigItem>
        ) : null}
        {kind === 'jws' ? null : (
          <ConfigItem path="auth.sig.enc" style={half} label={t('Written as')}>
            <Select
              placeholder={t(SIGNATURE_ENCODING_LABELS[0].label)}
              options={SIGNATURE_ENCODING_LABELS.map(({ value, label }) => ({ value, label: t(label) }))}
            />
          </ConfigItem>
        )}
        <ConfigItem path="auth.sig.prefix" optional style={half} label={t('Prefix')}>
          <Input placeholder="sha256=" spellCheck={false} />
        </ConfigItem>
      </Flex>
      {(alg === 'md5' || alg === 'sha1') && kind !== 'ed25519' && kind !== 'jws' ? (
        <Alert
          type="warning"
          showIcon
          style={{ marginBottom: 16 }}
          message={
            alg === 'md5'
              ? t('MD5 is broken: choose it only where the sender knows nothing else, and rely on https.')
              : t('SHA-1 is outdated: choose another where the sender knows one.')
          }
        />
      ) : null}
    </>
  );
}
