import { createHash, generateKeyPairSync, randomBytes, sign as signBytes } from 'node:crypto';
import { LinearWebhookClient } from '@linear/sdk/webhooks';
import { sign as signForGitHub } from '@octokit/webhooks-methods';
import { Paddle } from '@paddle/paddle-node-sdk';
import { EventWebhook } from '@sendgrid/eventwebhook';
import { verifySlackRequest } from '@slack/bolt';
import { verifyKey } from 'discord-interactions';
import { createSigner, httpbis } from 'http-message-signatures';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import Stripe from 'stripe';
import { Webhook as SvixWebhook } from 'svix';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import type { SecretEntry } from '../../src/common/secrets';
import {
  bizMessage,
  DISCORD_KEY,
  discordHeaders,
  hmacHex,
  JSON_TYPE,
  newAccount,
  seconds,
  slackHeaders,
  spki,
  text,
  type BizAccount,
} from './providerSigning';
import type { ProviderSender } from './ProviderSender';
import { SHOP_SENDERS } from './shopCalls';

const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };

const event = (fields: object = {}): string =>
  JSON.stringify({ id: text(), note: 'Zoë 🚲', ...fields }).replaceAll(':', ': ');

/** Throws unless the provider's own verifier takes what is about to be sent. */
function vouch(isValid: unknown): void {
  if (isValid !== true) {
    throw new Error("the provider's own SDK refuses this call");
  }
}

const sendgridKeys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rfcKeys = generateKeyPairSync('ed25519');
function standardWebhooks(provider: string): ProviderSender {
  const secret = `whsec_${randomBytes(24).toString('base64')}`;
  return {
    provider,
    sdk: 'standardwebhooks',
    secret,
    call() {
      const [id, now, body] = [`msg_${text()}`, seconds(), event()];
      const signature = new StandardWebhook(secret).sign(id, new Date(now * 1000), body);
      const headers = { 'webhook-id': id, 'webhook-timestamp': String(now), 'webhook-signature': signature };
      return { headers: { ...JSON_TYPE, ...headers }, body };
    },
  };
}

function tencent(provider: string, account: BizAccount): ProviderSender {
  return {
    provider,
    sdk: '@wecom/crypto',
    secret: account.token,
    options: { encodingAESKey: account.aesKey, receiveId: account.receiveId },
    call() {
      const message = `<xml><MsgId>${Date.now()}</MsgId><Content><![CDATA[你好]]></Content></xml>`;
      const { encrypted, query } = bizMessage(message, account);
      return {
        query,
        headers: { 'content-type': 'text/xml' },
        body: `<xml><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`,
      };
    },
  };
}

const svixSecret = `whsec_${randomBytes(24).toString('base64')}`;
const secrets = { github: text(), stripe: `whsec_${text()}`, twilio: text(), slack: text(), linear: text() };
const paddleSecret = `pdl_ntfset_${text()}`;

/** One call of every provider that has an SDK which can make it or vouch for it without reaching out. */
export const SENDERS: readonly ProviderSender[] = [
  ...SHOP_SENDERS,
  {
    provider: 'github',
    sdk: '@octokit/webhooks-methods',
    secret: secrets.github,
    async call() {
      const body = event();
      const signature = await signForGitHub(secrets.github, body);
      return { headers: { ...JSON_TYPE, 'x-hub-signature-256': signature, 'x-github-delivery': text() }, body };
    },
  },
  {
    provider: 'stripe',
    sdk: 'stripe',
    secret: secrets.stripe,
    call() {
      const payload = event();
      const header = Stripe.webhooks.generateTestHeaderString({ payload, secret: secrets.stripe });
      return { headers: { ...JSON_TYPE, 'stripe-signature': header }, body: payload };
    },
  },
  standardWebhooks('standard-webhooks'),
  standardWebhooks('gitlab-signing'),
  {
    provider: 'svix',
    sdk: 'svix',
    secret: svixSecret,
    call() {
      const [id, now, body] = [`msg_${text()}`, seconds(), event()];
      const signature = new SvixWebhook(svixSecret).sign(id, new Date(now * 1000), body);
      const headers = { 'svix-id': id, 'svix-timestamp': String(now), 'svix-signature': signature };
      return { headers: { ...JSON_TYPE, ...headers }, body };
    },
  },
  {
    provider: 'twilio',
    sdk: 'twilio',
    secret: secrets.twilio,
    call(url) {
      const params = { MessageSid: `SM${text()}`, Body: 'Zoë & co', From: '+31600000000' };
      const signature = getExpectedTwilioSignature(secrets.twilio, url, params);
      return {
        headers: { ...FORM_TYPE, 'x-twilio-signature': signature },
        body: new URLSearchParams(params).toString(),
      };
    },
  },
  tencent('wecom', newAccount()),
  tencent('wechat-mp-secure', newAccount()),
  {
    provider: 'http-message-signatures',
    sdk: 'http-message-signatures',
    secret: String(rfcKeys.publicKey.export({ type: 'spki', format: 'pem' })),
    secretName: 'k1',
    async call(url) {
      const body = event();
      const digest = createHash('sha256').update(body).digest('base64');
      const { headers } = await httpbis.signMessage(
        {
          key: createSigner(rfcKeys.privateKey, 'ed25519', 'k1'),
          fields: ['@method', '@path', 'content-digest'],
          params: ['created', 'keyid', 'alg', 'nonce'],
          paramValues: { created: new Date(), nonce: text() },
        },
        { method: 'POST', url, headers: { ...JSON_TYPE, 'content-digest': `sha-256=:${digest}:` } },
      );
      return { headers: headers as Record<string, string>, body };
    },
  },
  {
    provider: 'slack',
    sdk: '@slack/bolt',
    secret: secrets.slack,
    call() {
      const [now, body] = [seconds(), event({ type: 'event_callback', event_id: text() })];
      const headers = slackHeaders(secrets.slack, body, now);
      verifySlackRequest({
        signingSecret: secrets.slack,
        body,
        headers: { ...headers, 'x-slack-request-timestamp': now } as never,
      });
      return { headers: { ...JSON_TYPE, ...headers }, body };
    },
  },
  {
    provider: 'linear',
    sdk: '@linear/sdk',
    secret: secrets.linear,
    call() {
      const webhookTimestamp = Date.now();
      const body = event({ webhookTimestamp });
      const signature = hmacHex(secrets.linear, body);
      vouch(new LinearWebhookClient(secrets.linear).verify(Buffer.from(body), signature, webhookTimestamp));
      return { headers: { ...JSON_TYPE, 'linear-signature': signature, 'linear-delivery': text() }, body };
    },
  },
  {
    provider: 'paddle',
    sdk: '@paddle/paddle-node-sdk',
    secret: paddleSecret,
    async call() {
      const [now, body] = [seconds(), event({ event_id: text() })];
      const header = `ts=${now};h1=${hmacHex(paddleSecret, `${now}:${body}`)}`;
      vouch(await new Paddle('unused').webhooks.isSignatureValid(body, paddleSecret, header));
      return { headers: { ...JSON_TYPE, 'paddle-signature': header }, body };
    },
  },
  {
    provider: 'discord',
    sdk: 'discord-interactions',
    secret: DISCORD_KEY,
    async call() {
      const body = event({ type: 2 });
      const headers = discordHeaders(body);
      const { 'x-signature-ed25519': signature = '', 'x-signature-timestamp': timestamp = '' } = headers;
      vouch(await verifyKey(body, signature, timestamp, DISCORD_KEY));
      return { headers: { ...JSON_TYPE, ...headers }, body };
    },
  },
  {
    provider: 'sendgrid',
    sdk: '@sendgrid/eventwebhook',
    secret: spki(sendgridKeys.publicKey).toString('base64'),
    call() {
      const [timestamp, body] = [String(seconds()), `[${event({ sg_event_id: text() })}]\r\n`];
      const signature = signBytes('sha256', Buffer.from(timestamp + body), sendgridKeys.privateKey).toString('base64');
      const webhook = new EventWebhook();
      const key = webhook.convertPublicKeyToECDSA(spki(sendgridKeys.publicKey).toString('base64'));
      vouch(webhook.verifySignature(key, body, signature, timestamp));
      return {
        headers: {
          ...JSON_TYPE,
          'x-twilio-email-event-webhook-signature': signature,
          'x-twilio-email-event-webhook-timestamp': timestamp,
        },
        body,
      };
    },
  },
];

/** One whose signature covers the URL that is called. */
export function urlSigner(provider: 'twilio' | 'square' | 'hubspot'): ProviderSender {
  return SENDERS.find((sender) => sender.provider === provider) as ProviderSender;
}

/** The secret of a sender as a maker enters it. */
export function secretOf({ provider, secret, secretName = `${provider} key` }: ProviderSender): SecretEntry {
  return { name: secretName, value: secret };
}
