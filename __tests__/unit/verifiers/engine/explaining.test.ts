import { createHmac } from 'node:crypto';
import { verifyRequest } from '../../../../src/server/verifiers';
import type { VerifyInput } from '../../../../src/server/verifiers/types';
import { inEnglish } from '../../../../src/common/reasons/describe';

const SIGNED = '{"name": "Zoë / b",\r\n "n": 1.50, "list": [1, {"a": []}]}';
const NOW = 1_700_000_000;

function reason(signed: string, received: string, secret = 's', key = 's'): string {
  const signature = createHmac('sha256', key).update(signed).digest('hex');
  return reasonOf({ 'x-hub-signature-256': `sha256=${signature}` }, received, 'github', secret);
}

function reasonOf(headers: VerifyInput['request']['headers'], body: string, provider = 'github', secret = 's'): string {
  const result = verifyRequest({
    auth: { type: 'provider', provider, secrets: [secret] },
    request: { method: 'POST', url: '/api/webhooks/key', headers, rawBody: Buffer.from(body) },
    now: NOW,
  });
  return 'reason' in result ? inEnglish(result.reason) : 'accepted';
}

describe('tells apart why a signature does not match', () => {
  test.each([
    ['written anew by JavaScript', JSON.stringify(JSON.parse(SIGNED))],
    ['indented', JSON.stringify(JSON.parse(SIGNED), null, 2)],
  ])('JSON %s', (_name, received) => {
    // The other way round: what was signed is the form that an encoder writes, what came is spaced otherwise.
    expect(reason(received, SIGNED)).toBe('The body was changed on its way: its JSON was re-serialised.');
  });
  test('JSON as Python writes it', () => {
    const byPython = '{"name": "Zo\\u00eb / b", "n": 1.5, "list": [1, {"a": []}]}';
    expect(reason(byPython, SIGNED)).toMatch(/re-serialised/);
  });
  test('JSON as PHP writes it', () => {
    const byPhp = '{"name":"Zo\\u00eb \\/ b","n":1.5,"list":[1,{"a":[]}]}';
    expect(reason(byPhp, SIGNED)).toMatch(/re-serialised/);
  });
  test.each([
    ['a line break was added', SIGNED, `${SIGNED}\n`],
    ['a line break was taken away', `${SIGNED}\r\n`, SIGNED],
    ['CRLF became LF', SIGNED, SIGNED.replace('\r\n', '\n')],
    ['LF became CRLF', SIGNED.replace('\r\n', '\n'), SIGNED],
  ])('%s', (_name, signed, received) => {
    expect(reason(signed, received)).toBe('The body was changed on its way: line breaks were added or removed.');
  });
  test('a byte order mark was taken away', () => {
    expect(reason(`\uFEFF${SIGNED}`, SIGNED)).toMatch(/byte order mark was removed/);
  });
  test('the secret was pasted with a line break', () => {
    expect(reason(SIGNED, SIGNED, 's\n')).toMatch(/secret set here has a space or line break/);
  });
  test('another secret, or another change', () => {
    const either = 'The signature does not match: signed with another secret, or changed on its way.';
    expect(reason(SIGNED, SIGNED, 'other')).toBe(either);
    expect(reason(SIGNED, '{}')).toBe(either);
  });
  test('a body too large to look into is not looked into', () => {
    const large = 'x'.repeat(70_000);
    expect(reason(large, `${large}\n`)).toMatch(/signed with another secret, or/);
  });
});

describe('says what to look at', () => {
  test.each([
    ['github', {}, /header "x-hub-signature-256" is missing, where/],
    ['github', { 'x-hub-signature-256': ['sha256=a', 'sha256=b'] }, /there more than once/],
    ['github', { 'x-hub-signature-256': 'sha1=abc' }, /\(sha256=…\)/],
    ['github', { 'x-hub-signature-256': 'sha256=abc' }, /length or characters differ/],
    ['stripe', { 'stripe-signature': `t=1699999588,v1=${'0'.repeat(64)}` }, /412 s ago; 300 s are allowed/],
    ['stripe', { 'stripe-signature': `t=1700000412,v1=${'0'.repeat(64)}` }, /412 s ahead; 300 s are allowed/],
    ['stripe', { 'stripe-signature': `t=soon,v1=${'0'.repeat(64)}` }, /not written as seconds/],
    [
      'stripe',
      { 'stripe-signature': `t=1700000000,t=1700000000,v1=${'0'.repeat(64)}` },
      /"t=" beside the signature is there more than once/,
    ],
    ['square', { 'x-square-hmacsha256-signature': `${'0'.repeat(43)}=` }, /another URL than this webhook's own/],
    ['gitlab', { 'x-gitlab-token': 'nope' }, /not one that is set here/],
    ['sendgrid', { 'x-twilio-email-event-webhook-signature': 'MEUC' }, /timestamp" is missing/],
  ])('%s %j', (provider, headers, expected) => {
    expect(reasonOf(headers, '{}', provider)).toMatch(expected);
  });
});
