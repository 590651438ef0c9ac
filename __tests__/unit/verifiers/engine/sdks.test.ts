import { createHmac, generateKeyPairSync, randomBytes, randomInt, sign as signBytes } from 'node:crypto';
import { LinearWebhookClient } from '@linear/sdk/webhooks';
import { sign as signForGitHub } from '@octokit/webhooks-methods';
import { Paddle } from '@paddle/paddle-node-sdk';
import { EventWebhook } from '@sendgrid/eventwebhook';
import { verifySlackRequest } from '@slack/bolt';
import { verifyKey } from 'discord-interactions';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import Stripe from 'stripe';
import { Webhook as SvixWebhook } from 'svix';
import { verifyRequest } from '../../../../src/server/verifiers';

/** Each SDK looks at the clock of the machine. */
const now = Math.floor(Date.now() / 1000);
const ROUNDS = 25;

function verdict(provider: string, secret: string, headers: Record<string, string>, body: string): boolean {
  const result = verifyRequest({
    auth: { type: 'provider', provider, secrets: [secret] },
    request: { method: 'POST', url: '/api/webhooks/key', headers, rawBody: Buffer.from(body) },
    now: Math.floor(Date.now() / 1000),
  });
  return 'ok' in result && result.ok;
}

/** JSON with odd spacing, letters of several alphabets and nothing twice. */
function randomBody(fields: Record<string, unknown> = {}): string {
  const text =
    pick(['plain', 'Ünïcödé', '你好', '🙂', 'quotes " and \\', '']) + randomBytes(randomInt(200)).toString('hex');
  const body = JSON.stringify({ ...fields, text, n: randomInt(1e9) });
  return pick([body, body.replaceAll(':', ' : '), `${body}\n`]);
}

function pick<T>(items: readonly T[]): T {
  return items[randomInt(items.length)] as T;
}

const secretText = () => randomBytes(24).toString('base64');
const hmacHex = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest('hex');

/** Runs a check on random input, on what is right and on a body with one letter more. */
async function repeatedly(check: (body: string, received: string, expected: boolean) => unknown, fields = {}) {
  for (let round = 0; round < ROUNDS; round += 1) {
    const body = randomBody(fields);
    await check(body, body, true);
    await check(body, `${body} `, false);
  }
}

describe('what an SDK signs is accepted, and nothing else', () => {
  test('GitHub: @octokit/webhooks-methods', () =>
    repeatedly(async (body, received, expected) => {
      const secret = secretText();
      const headers = { 'x-hub-signature-256': await signForGitHub(secret, body) };
      expect(verdict('github', secret, headers, received)).toBe(expected);
    }));

  test('Stripe: stripe', () =>
    repeatedly((body, received, expected) => {
      const secret = `whsec_${secretText()}`;
      const header = Stripe.webhooks.generateTestHeaderString({ payload: body, secret, timestamp: now });
      expect(verdict('stripe', secret, { 'stripe-signature': header }, received)).toBe(expected);
    }));

  test('Standard Webhooks: standardwebhooks', () =>
    repeatedly((body, received, expected) => {
      const secret = `whsec_${secretText()}`;
      const id = `msg_${randomBytes(8).toString('hex')}`;
      const signature = new StandardWebhook(secret).sign(id, new Date(now * 1000), body);
      const headers = { 'webhook-id': id, 'webhook-timestamp': String(now), 'webhook-signature': signature };
      expect(verdict('standard-webhooks', secret, headers, received)).toBe(expected);
      expect(verdict('gitlab-signing', secret, headers, received)).toBe(expected);
    }));

  test('Svix: svix', () =>
    repeatedly((body, received, expected) => {
      const secret = `whsec_${secretText()}`;
      const id = `msg_${randomBytes(8).toString('hex')}`;
      const signature = new SvixWebhook(secret).sign(id, new Date(now * 1000), body);
      const headers = { 'svix-id': id, 'svix-timestamp': String(now), 'svix-signature': signature };
      expect(verdict('svix', secret, headers, received)).toBe(expected);
    }));
});

describe("an SDK's verifier and the engine say the same", () => {
  test('Slack: @slack/bolt', () =>
    repeatedly((body, received, expected) => {
      const secret = secretText();
      const headers = {
        'x-slack-request-timestamp': String(now),
        'x-slack-signature': `v0=${hmacHex(secret, `v0:${now}:${body}`)}`,
      };
      const bySdk = () =>
        verifySlackRequest({
          signingSecret: secret,
          body: received,
          headers: { ...headers, 'x-slack-request-timestamp': now } as never,
        });
      if (expected) {
        expect(bySdk).not.toThrow();
      } else {
        expect(bySdk).toThrow();
      }
      expect(verdict('slack', secret, headers, received)).toBe(expected);
    }));

  test('Linear: @linear/sdk', () =>
    repeatedly(
      (body, received, expected) => {
        const secret = secretText();
        const signature = hmacHex(secret, body);
        const bySdk = () => new LinearWebhookClient(secret).verify(Buffer.from(received), signature, now * 1000);
        if (expected) {
          expect(bySdk()).toBe(true);
        } else {
          expect(bySdk).toThrow();
        }
        expect(verdict('linear', secret, { 'linear-signature': signature }, received)).toBe(expected);
      },
      { webhookTimestamp: now * 1000 },
    ));

  test('Paddle: @paddle/paddle-node-sdk', () => {
    const paddle = new Paddle('unused');
    return repeatedly(async (body, received, expected) => {
      const secret = secretText();
      const time = Math.floor(Date.now() / 1000);
      const header = `ts=${time};h1=${hmacHex(secret, `${time}:${body}`)}`;
      expect(await paddle.webhooks.isSignatureValid(received, secret, header)).toBe(expected);
      expect(verdict('paddle', secret, { 'paddle-signature': header }, received)).toBe(expected);
    });
  });

  test('Discord: discord-interactions', () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const key = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex');
    return repeatedly(async (body, received, expected) => {
      const signature = signBytes(null, Buffer.from(`${now}${body}`), privateKey).toString('hex');
      expect(await verifyKey(received, signature, String(now), key)).toBe(expected);
      const headers = { 'x-signature-ed25519': signature, 'x-signature-timestamp': String(now) };
      expect(verdict('discord', key, headers, received)).toBe(expected);
    });
  });

  test('SendGrid: @sendgrid/eventwebhook', () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const key = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
    const webhook = new EventWebhook();
    return repeatedly((body, received, expected) => {
      const signature = signBytes('sha256', Buffer.from(`${now}${body}`), privateKey).toString('base64');
      const bySdk = webhook.verifySignature(webhook.convertPublicKeyToECDSA(key), received, signature, String(now));
      expect(bySdk).toBe(expected);
      const headers = {
        'x-twilio-email-event-webhook-signature': signature,
        'x-twilio-email-event-webhook-timestamp': String(now),
      };
      expect(verdict('sendgrid', key, headers, received)).toBe(expected);
    });
  });
});
