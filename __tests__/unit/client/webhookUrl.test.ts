import { webhookUrl } from '../../../src/client-v2/panel/url/webhookUrl';

jest.mock('../../../src/client-v2/settings/useWebhookSettings', () => ({}));
jest.mock('@nocobase/flow-engine', () => ({}), { virtual: true });

const app = (apiUrl: string, name: string | null = null) => ({ getApiUrl: () => apiUrl, getName: () => name });

test.each([
  ['the usual place', app('https://nb.example/api/'), 'https://nb.example/api/webhooks/abc'],
  ['another API base path', app('https://nb.example/nocobase/v1'), 'https://nb.example/nocobase/v1/webhooks/abc'],
  ['a sub-app', app('https://nb.example/api/', 'sales'), 'https://nb.example/api/__app/sales/webhooks/abc'],
  ['the main app by name', app('https://nb.example/api/', 'main'), 'https://nb.example/api/webhooks/abc'],
  [
    'a sub-app whose API URL already says so',
    app('https://nb.example/api/__app/sales/', 'sales'),
    'https://nb.example/api/__app/sales/webhooks/abc',
  ],
])('%s', (_name, host, expected) => {
  expect(webhookUrl(host, 'abc')).toBe(expected);
});

test('a custom path is written without slashes around it', () => {
  expect(webhookUrl(app('https://nb.example/api/'), '/orders/:id/')).toBe('https://nb.example/api/webhooks/orders/:id');
});

test.each([
  ['in place of the origin', app('http://inside:13000/api/'), 'https://h.example/api/webhooks/abc'],
  ['with a prefix that NocoBase does not know', app('http://inside/api/'), 'https://h.example/nb/api/webhooks/abc'],
  ['with one that it knows, once', app('http://inside/nb/api/'), 'https://h.example/nb/api/webhooks/abc'],
  ['with another API base path', app('http://inside/v1/'), 'https://h.example/nb/v1/webhooks/abc'],
  ['for a sub-app', app('http://inside/api/', 'sales'), 'https://h.example/nb/api/__app/sales/webhooks/abc'],
])('the public URL stands %s', (_name, host, expected) => {
  const publicUrl = expected.includes('/nb/') ? 'https://h.example/nb' : 'https://h.example';
  expect(webhookUrl(host, 'abc', publicUrl)).toBe(expected);
});
