import type { WebhookAuth } from '../../../../src/common/auth';
import { redactHeaders, redactQuery } from '../../../../src/server/deliveries/model/redaction';

describe('what is kept of a request', () => {
  const headers = { authorization: 'Basic x', cookie: 'c', 'x-api-key': 'k', 'x-hub-signature-256': 's', a: 'b' };

  it.each<[string, WebhookAuth, Record<string, string>]>([
    ['none', { type: 'none' }, { 'x-api-key': 'k' }],
    ['a token', { type: 'token', in: 'header', name: 'X-Api-Key', secrets: [] }, { 'x-api-key': '[redacted]' }],
  ])('has no credentials in its headers, with %s', (_what, auth, expected) => {
    expect(redactHeaders(headers, auth)).toEqual({
      ...headers,
      authorization: '[redacted]',
      cookie: '[redacted]',
      ...expected,
    });
  });

  it('has no credentials in its query', () => {
    const token: WebhookAuth = { type: 'token', in: 'query', name: 'key', secrets: [] };
    expect(redactQuery({ key: 'k', a: 'b' }, token)).toEqual({ key: '[redacted]', a: 'b' });
    expect(redactQuery({ token: 't' }, { type: 'jwt', in: 'query', algorithms: ['HS256'] })).toEqual({
      token: '[redacted]',
    });
  });
});
