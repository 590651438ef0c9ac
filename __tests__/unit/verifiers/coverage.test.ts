import { coverageOf } from '../../../src/common/coverage';
import type { Coverage } from '../../../src/common/presets';
import { PROVIDERS } from '../../../src/common/providers';
import { CATALOGUE_FACTS } from './engine/vectors/catalogue';

const DAY = 86_400;

/**
 * What each provider's signature covers, as its documentation says: body; whether the URL; seconds of the signed time.
 * Whatever signs a time is held to it.
 */
const EXPECTED: Record<string, [body: Coverage['body'], url: boolean, tolerance: number | null]> = {
  adyen: ['part', false, null],
  'adyen-platform': ['whole', false, null],
  airtable: ['whole', false, null],
  alipay: ['whole', false, 90_000],
  'aws-sns': ['part', false, 3600],
  bitbucket: ['whole', false, null],
  calendly: ['whole', false, 180],
  cloudevents: ['none', false, null],
  dingtalk: ['whole', false, 3600],
  'dingtalk-robot': ['none', false, 3600],
  discord: ['whole', false, 900],
  feishu: ['whole', false, 300],
  gitee: ['none', false, 3600],
  'gitee-password': ['none', false, null],
  github: ['whole', false, null],
  gitlab: ['none', false, null],
  'gitlab-signing': ['whole', false, 300],
  'http-message-signatures': ['whole', true, 300],
  hubspot: ['whole', true, 300],
  'hubspot-v1': ['whole', false, null],
  'hubspot-v2': ['whole', true, null],
  intercom: ['whole', false, null],
  jira: ['whole', false, null],
  lemonsqueezy: ['whole', false, null],
  linear: ['whole', false, 60],
  mailgun: ['none', false, 32_400],
  meta: ['whole', false, null],
  msgraph: ['none', false, null],
  notion: ['whole', false, null],
  okta: ['none', false, null],
  paddle: ['whole', false, 5],
  pagerduty: ['whole', false, null],
  paypal: ['checksum', false, 3 * DAY],
  sendgrid: ['whole', false, DAY],
  sentry: ['whole', false, null],
  shopify: ['whole', false, null],
  slack: ['whole', false, 300],
  square: ['whole', true, null],
  'standard-webhooks': ['whole', false, 300],
  'standard-webhooks-v1a': ['whole', false, 300],
  stripe: ['whole', false, 300],
  svix: ['whole', false, 300],
  telegram: ['none', false, null],
  twilio: ['whole', true, null],
  typeform: ['whole', false, null],
  'wechat-mp': ['none', false, 300],
  'wechat-mp-secure': ['whole', false, 300],
  wechatpay: ['whole', false, 300],
  wecom: ['whole', false, 300],
  zoom: ['whole', false, 300],
};

test('what every signature covers', () => {
  const found = PROVIDERS.map((provider) => {
    const { body, url, tolerance } = coverageOf(provider);
    return [provider.id, [body, url, tolerance]];
  });
  const catalogue = CATALOGUE_FACTS.map(({ provider, covers }) => [provider, covers]);
  expect(Object.fromEntries(found)).toEqual({ ...EXPECTED, ...Object.fromEntries(catalogue) });
});

test('a time that is signed is always compared with the clock', () => {
  const unchecked = PROVIDERS.filter(({ scheme }) => scheme?.ts && !(scheme.ts.tol > 0));
  expect(unchecked.map(({ id }) => id)).toEqual([]);
});
