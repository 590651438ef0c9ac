import { Flex, Input, InputNumber, Select, Typography } from 'antd';
import type { Handshake, Source } from '../../../../common/presets';
import { text, useT } from '../../../locale';
import { ConfigItem } from '../../parts/ConfigItem';
import { RowList } from '../../parts/RowList';
import { useDraftRows } from '../../parts/useDraftRows';
import { SourceInput } from './SourceInput';
import { WhenFields } from './WhenFields';

const NEW: Handshake = {
  kind: 'challenge',
  when: { method: 'GET', has: 'query:challenge' },
  auth: 'none',
  reply: { status: 200, type: 'text/plain', body: '{query:challenge}' },
};

const PROOFS = [
  { value: 'none', label: text('Nothing: anybody may ask') },
  { value: 'signature', label: text('Its signature') },
  { value: 'setting', label: text('A value that is one of the secrets') },
  { value: 'if-no-secret', label: text('Nothing, while no secret is set: it brings the secret') },
];

/** What an answer may hold besides, where the secret signs no tokens. */
const WITH_SECRET = ' {hmac-hex:json:path} {sha256-hex:query:name+secret:name+url} {ed25519-hex:json:path}';

export interface HandshakeFieldsProps {
  /** Nothing proves them: they come before a JSON Web Token does. */
  isOpen?: boolean;
}

/** Calls that are answered and start nothing: pings, probes and challenges. */
export function HandshakeFields({ isOpen }: HandshakeFieldsProps) {
  const t = useT();
  return (
    <ConfigItem
      path="auth.handshake"
      label={t('Pings and challenges')}
      extra={t('Calls that the service makes to check this URL. They are answered and start nothing.')}
      getValueFromEvent={(rows: Handshake[]) => (rows.length > 0 ? rows : undefined)}
    >
      <HandshakeList isOpen={isOpen} />
    </ConfigItem>
  );
}

interface HandshakeListProps extends HandshakeFieldsProps {
  /** Given by the `Form.Item` around. */
  value?: Handshake[];
  onChange?: (rows: Handshake[]) => void;
}

function HandshakeList({ value, onChange, isOpen }: HandshakeListProps) {
  const t = useT();
  return (
    <RowList<Handshake>
      value={value}
      onChange={onChange}
      newRow={() => NEW}
      addLabel={t('Add a ping or challenge')}
      rowLabel={t('challenge')}
      renderRow={(row, change) => <HandshakeRow row={row} change={change} isOpen={isOpen} />}
    />
  );
}

interface HandshakeRowProps extends HandshakeFieldsProps {
  row: Handshake;
  change: (patch: Partial<Handshake>) => void;
}

function HandshakeRow({ row, change, isOpen }: HandshakeRowProps) {
  const t = useT();
  const { kind, when, auth, capture, reply } = row;
  const proof = typeof auth === 'object' ? 'setting' : auth;
  return (
    <Flex vertical gap="small">
      <Input
        aria-label={t('Name in the deliveries')}
        value={kind}
        onChange={(event) => change({ kind: event.target.value })}
      />
      <WhenFields value={when} onChange={(next) => change({ when: next })} />
      {isOpen ? null : (
        <Select
          aria-label={t('What proves it')}
          value={proof}
          options={PROOFS.map((option) => ({ value: option.value, label: t(option.label) }))}
          onChange={(next: string) => change(proofOf(next))}
        />
      )}
      {typeof auth === 'object' ? (
        <Flex gap="small">
          <SourceInput value={auth.from} onChange={(from) => change({ auth: { ...auth, from: from as Source } })} />
          <InputNumber
            aria-label={t('Status where it is wrong')}
            title={t('Status where it is wrong')}
            placeholder="401"
            min={400}
            max={499}
            value={auth.wrong}
            onChange={(wrong) => change({ auth: { ...auth, wrong: wrong ?? undefined } })}
          />
        </Flex>
      ) : null}
      {capture ? (
        <SourceInput
          value={capture.secret}
          onChange={(secret) => change({ capture: { secret } as Handshake['capture'] })}
        />
      ) : null}
      <Flex gap="small">
        <InputNumber
          aria-label={t('Status of the answer')}
          min={200}
          max={499}
          value={reply.status}
          onChange={(status) => change({ reply: { ...reply, status: status ?? 200 } })}
        />
        <Input
          aria-label={t('Content type of the answer')}
          placeholder="text/plain"
          value={reply.type ?? ''}
          onChange={(event) => change({ reply: { ...reply, type: event.target.value || undefined } })}
        />
      </Flex>
      <Input.TextArea
        aria-label={t('Answer')}
        autoSize={{ minRows: 1, maxRows: 6 }}
        spellCheck={false}
        value={reply.body ?? ''}
        onChange={(event) => change({ reply: { ...reply, body: event.target.value || undefined } })}
      />
      <HeaderRows reply={reply} onChange={(headers) => change({ reply: { ...reply, headers } })} />
      <Typography.Text type="secondary">
        {t('Filled in from the call, or a digest of it:')}{' '}
        <Typography.Text code>
          {`{query:name} {header:name} {json:path} {sha256-hex:query:name+url}${isOpen ? '' : WITH_SECRET}`}
        </Typography.Text>{' '}
        {isOpen ? null : t('After a change to a text that the secret is in, a stored secret has to be entered again.')}
      </Typography.Text>
    </Flex>
  );
}

function proofOf(value: string): Partial<Handshake> {
  return {
    auth: value === 'setting' ? { from: 'query:token', equals: 'secret' } : (value as Handshake['auth']),
    capture: value === 'if-no-secret' ? { secret: 'header:x-hook-secret' } : undefined,
  };
}

interface HeaderRowsProps {
  reply: Handshake['reply'];
  onChange: (headers: Handshake['reply']['headers']) => void;
}

/** Headers of the answer. */
function HeaderRows({ reply, onChange }: HeaderRowsProps) {
  const t = useT();
  const [rows, change] = useDraftRows(reply.headers, headerRows, headersOf, onChange);
  return (
    <RowList<HeaderRow>
      value={rows}
      onChange={change}
      newRow={() => ({ name: 'X-Header', value: '' })}
      addLabel={t('Add a header')}
      rowLabel={t('header')}
      renderRow={({ name, value }, patch) => (
        <Flex gap="small">
          <Input aria-label={t('Header name')} value={name} onChange={(event) => patch({ name: event.target.value })} />
          <Input
            aria-label={t('Header value')}
            value={value}
            onChange={(event) => patch({ value: event.target.value })}
          />
        </Flex>
      )}
    />
  );
}

interface HeaderRow {
  name: string;
  value: string;
}

function headerRows(headers: Handshake['reply']['headers']): HeaderRow[] {
  return Object.entries(headers ?? {}).map(([name, value]) => ({ name, value }));
}

function headersOf(rows: readonly HeaderRow[]): Handshake['reply']['headers'] {
  return rows.length > 0 ? Object.fromEntries(rows.map(({ name, value }) => [name, value])) : undefined;
}
