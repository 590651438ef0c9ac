import iconv from 'iconv-lite';
import type { WebhookAuth } from '../../../../src/common/auth';
import type { Charset } from '../../../../src/common/config';
import { rowOf, type Seen } from '../../../../src/server/deliveries/model/rows';

const SECRET = 'cr3dential-of-this-hook';
const ESCAPED = `["\\u0063${SECRET.slice(1)}"]`;
const auth: WebhookAuth = { type: 'token', in: 'header', name: 'x-key', secrets: [SECRET] };

/** What is kept of a verified call's body. */
function stored(contentType: string, body: string, charset: string, set: Charset | null = null): string | null {
  const config = { auth, body: { charset: set }, record: { bodies: true, retentionDays: 1 } };
  return rowOf(
    {
      endpoint: { key: 'k', workflowId: 1, auth, config },
      receivedAt: new Date(),
      method: 'POST',
      url: '/',
      path: '/',
      search: '',
      params: {},
      headers: { 'x-key': SECRET, 'content-type': contentType },
      rawBody: iconv.encode(body, charset),
      verification: { ok: true, secretName: null, deliveryId: null },
    } as unknown as Seen,
    { status: 'received' },
  ).body;
}

test('a body is not kept whose charset hides a credential as the webhook says', () => {
  expect(stored('application/json', ESCAPED, 'utf-16le', 'utf-16')).toBeNull();
  expect(stored('', ESCAPED, 'utf-16le', 'utf-16')).toBeNull();
});

test.each([
  ['text/plain; charset=utf-32le', SECRET, 'utf-32le'],
  ['text/plain; charset=utf-32be', SECRET, 'utf-32be'],
  ['application/json; charset=utf-16le', ESCAPED, 'utf-16le'],
  ['application/json; charset=utf-16be', ESCAPED, 'utf-16be'],
])('a body is not kept whose charset hides a credential: %s', (contentType, body, charset) => {
  expect(stored(contentType, body, charset)).toBeNull();
});

test('a body is not kept whose charset hides a credential as the webhook says', () => {
  expect(stored('application/json', ESCAPED, 'utf-16le', 'utf-16')).toBeNull();
  expect(stored('', ESCAPED, 'utf-16le', 'utf-16')).toBeNull();
});

test.each([
  ['text/plain; charset=utf-32le', 'nothing of it', 'utf-32le'],
  ['text/plain; charset=utf-16le', SECRET, 'utf-16le'],
  ['text/plain; charset=latin1', `é ${SECRET}`, 'latin1'],
  ['text/plain; charset=unheard-of', SECRET, 'utf-8'],
  ['no type at all', SECRET, 'utf-8'],
  ['text/plain', SECRET, 'utf-8'],
])('any other is, without it: %s', (contentType, body, charset) => {
  const kept = stored(contentType, body, charset);
  expect(kept).not.toBeNull();
  expect(kept).not.toContain(SECRET);
  expect(iconv.decode(Buffer.from(kept ?? '', 'base64'), charset)).not.toContain(SECRET);
});
