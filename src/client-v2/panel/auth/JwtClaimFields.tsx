import { Flex, Form, Input, InputNumber, Select, Switch } from 'antd';
import type { JwtAuth } from '../../../common/auth';
import { HASH_ALGORITHMS } from '../../../common/presets';
import { useT } from '../../locale';
import { ConfigItem } from '../parts/ConfigItem';
import { RowList } from '../parts/RowList';
import { useDraftRows } from '../parts/useDraftRows';
import { useConfig } from '../useConfig';
import { SIGNATURE_ENCODING_LABELS } from './signature/choices';

type Claims = NonNullable<JwtAuth['claims']>;

/** What a token has to say beside who made it: claims, a hash of the body, and when it was issued. */
export function JwtClaimFields() {
  const t = useT();
  return (
    <>
      <ConfigItem
        path="auth.claims"
        label={t('Required claims')}
        extra={t('Each has to be in the token, with the value or one of the values.')}
      >
        <ClaimList />
      </ConfigItem>
      <BodyHashFields />
      <ConfigItem
        path="auth.maxAge"
        optional
        label={t('Issued at most this long ago')}
        extra={t('By its claim “iat”, which it must have then. Empty: not looked at.')}
      >
        <InputNumber min={1} max={86_400} addonAfter={t('seconds')} style={{ width: '100%' }} />
      </ConfigItem>
    </>
  );
}

interface ClaimListProps {
  /** Given by the `Form.Item` around. */
  value?: Claims;
  onChange?: (claims: Claims | undefined) => void;
}

interface Claim {
  name: string;
  values: string[];
}

function ClaimList({ value, onChange }: ClaimListProps) {
  const t = useT();
  const [rows, change] = useDraftRows<Claim, Claims | undefined>(value, toRows, toClaims, onChange);
  return (
    <RowList<Claim>
      value={rows}
      onChange={change}
      newRow={() => ({ name: '', values: [] })}
      addLabel={t('Add a claim')}
      rowLabel={t('claim')}
      renderRow={({ name, values }, patch) => (
        <Flex gap="small">
          <Input
            aria-label={t('Claim')}
            spellCheck={false}
            style={{ flex: 1 }}
            value={name}
            onChange={(event) => patch({ name: event.target.value })}
          />
          <Select
            aria-label={t('Values')}
            mode="tags"
            open={false}
            suffixIcon={null}
            style={{ flex: 2 }}
            value={values}
            onChange={(next: string[]) => patch({ values: next })}
          />
        </Flex>
      )}
    />
  );
}

function toRows(claims: Claims | undefined): Claim[] {
  return Object.entries(claims ?? {}).map(([name, value]) => ({ name, values: [value].flat() }));
}

/** A claim without a name or a value is not set yet. */
function toClaims(rows: readonly Claim[]): Claims | undefined {
  const named = rows.filter(({ name, values }) => name !== '' && values.length > 0);
  return named.length > 0
    ? Object.fromEntries(
        named.map(({ name, values: [first = '', ...more] }) => [name, more.length > 0 ? [first, ...more] : first]),
      )
    : undefined;
}

/** What counts where none is chosen. */
const DEFAULT_HASH = 'SHA256';

const DEFAULT_BODY_HASH: NonNullable<JwtAuth['bodyHash']> = { claim: 'sha256' };

/** Without it, a token that somebody has seen is good for any body until it ends. */
function BodyHashFields() {
  const t = useT();
  const form = Form.useFormInstance();
  const { bodyHash, in: place } = useConfig().auth as JwtAuth;
  // A token in the body is the data itself.
  if (place === 'body' && !bodyHash) {
    return null;
  }
  return (
    <>
      <Form.Item label={t('A claim holds a hash of the body')} extra={t('A call with another body is refused then.')}>
        <Switch
          aria-label={t('A claim holds a hash of the body')}
          checked={bodyHash !== undefined}
          onChange={(on) => form.setFieldValue(['config', 'auth', 'bodyHash'], on ? DEFAULT_BODY_HASH : undefined)}
        />
      </Form.Item>
      {bodyHash ? (
        <Flex gap="middle">
          <ConfigItem path="auth.bodyHash.claim" style={{ flex: 1 }} label={t('Claim with the hash')} required>
            <Input spellCheck={false} />
          </ConfigItem>
          <ConfigItem path="auth.bodyHash.alg" style={{ flex: 1 }} label={t('Algorithm')}>
            <Select
              allowClear
              placeholder={DEFAULT_HASH}
              options={HASH_ALGORITHMS.map((value) => ({ value, label: value.toUpperCase() }))}
            />
          </ConfigItem>
          <ConfigItem path="auth.bodyHash.enc" style={{ flex: 1 }} label={t('Written as')}>
            <Select
              allowClear
              placeholder={t(SIGNATURE_ENCODING_LABELS[0].label)}
              options={SIGNATURE_ENCODING_LABELS.map(({ value, label }) => ({ value, label: t(label) }))}
            />
          </ConfigItem>
        </Flex>
      ) : null}
    </>
  );
}
