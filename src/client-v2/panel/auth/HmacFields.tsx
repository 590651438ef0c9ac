import { Flex, Input, Select, Typography } from 'antd';
import type { SignatureAuth } from '../../../common/auth';
import { coverageOfScheme } from '../../../common/coverage';
import { useT } from '../../locale';
import { ConfigItem } from '../parts/ConfigItem';
import { useConfig } from '../useConfig';
import { CoverageNote } from './CoverageNote';
import { SIGNATURE_ENCODINGS } from './encodings';
import { HmacMoreFields } from './HmacMoreFields';
import { HmacTimestampFields } from './HmacTimestampFields';
import { SecretList } from './SecretList';
import { SourceList } from './SourceList';

const ALGORITHMS = ['sha256', 'sha512', 'sha384', 'sha1'].map((alg) => ({
  value: alg,
  label: `HMAC-${alg.toUpperCase()}`,
}));

/** A signature scheme that the maker describes: the same form in which the known services are described. */
export function HmacFields() {
  const t = useT();
  const { sig, content, ts } = useConfig().auth as SignatureAuth;
  return (
    <>
      <ConfigItem path="auth.secrets" label={t('Signing secrets')}>
        <SecretList label={t('Signing secret')} />
      </ConfigItem>
      <ConfigItem
        path="auth.sig.from"
        label={t('Where the signature is')}
        required
        extra={Array.isArray(sig.from) ? t('The first of these that is present.') : undefined}
      >
        <SourceList />
      </ConfigItem>
      <Flex gap="middle">
        <ConfigItem path="auth.alg" style={{ flex: 1 }} label={t('Algorithm')}>
          <Select options={ALGORITHMS} />
        </ConfigItem>
        <ConfigItem path="auth.sig.enc" style={{ flex: 1 }} label={t('Written as')}>
          <Select options={SIGNATURE_ENCODINGS.map(({ value, label }) => ({ value, label: t(label) }))} />
        </ConfigItem>
        <ConfigItem path="auth.sig.prefix" optional style={{ flex: 1 }} label={t('Prefix')}>
          <Input placeholder="sha256=" spellCheck={false} />
        </ConfigItem>
      </Flex>
      <ConfigItem
        path="auth.content"
        optional
        label={t('Signed text')}
        extra={
          <>
            {t('All else stands for itself. Filled in from the call:')}{' '}
            <Typography.Text code>
              {'{body} {ts} {url} {method} {header:name} {query:name} {json:path}'}
            </Typography.Text>
          </>
        }
      >
        <Input.TextArea autoSize={{ minRows: 1, maxRows: 6 }} spellCheck={false} placeholder="{body}" />
      </ConfigItem>
      <HmacTimestampFields />
      <CoverageNote coverage={coverageOfScheme({ kind: 'hmac', content, ts })} />
      <HmacMoreFields />
    </>
  );
}
