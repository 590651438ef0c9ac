import { withSafeguards } from '../../../../src/server/net/safeguards';

const SANDBOX = expect.stringMatching(/^sandbox(?!.*allow-(scripts|same-origin))/);

it.each<[string, Record<string, string>, Record<string, unknown>]>([
  ['without a body', {}, {}],
  ['of JSON', { 'content-type': 'application/json' }, { 'content-type': 'application/json' }],
  ['that says otherwise', { 'X-Content-Type-Options': 'sniff', 'x-a': 'b' }, { 'x-a': 'b' }],
  ['of HTML', { 'content-type': 'Text/HTML; x=y' }, { 'content-security-policy': SANDBOX }],
  ['of an image with scripts', { 'Content-Type': 'image/svg+xml' }, { 'content-security-policy': SANDBOX }],
  [
    'of HTML with a policy of its own',
    { 'content-type': 'text/html', 'Content-Security-Policy': "default-src 'self'" },
    { 'Content-Security-Policy': "default-src 'self'" },
  ],
])('an answer %s', (_what, headers, expected) => {
  const { 'x-content-type-options': sniffing, ...rest } = withSafeguards(headers);
  expect(sniffing).toBe('nosniff');
  expect(rest).toEqual({ ...withoutSniffing(headers), ...expected });
});

function withoutSniffing(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !/^x-content-type-options$/i.test(name)));
}
