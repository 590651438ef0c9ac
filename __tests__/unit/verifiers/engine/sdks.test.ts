import { generateKeyPairSync, randomBytes, sign as signBytes } from 'node:crypto';
import { LinearWebhookClient } from '@linear/sdk/webhooks';
import { sign as signForGitHub } from '@octokit/webhooks-methods';
import { Paddle } from '@paddle/paddle-node-sdk';
import { EventWebhook } from '@sendgrid/eventwebhook';
import { verifySlackRequest } from '@slack/bolt';
import { verifyKey } from 'discord-interactions';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import Stripe from 'stripe';
import { Webhook as SvixWebhook } from 'svix';
import { hmacHex, now, repeatedly, secretText, verdict } from './sdkSupport';

describe('what an SDK signs is accepted, and nothing else', () => {
  test('GitHub: @octokit/webhooks-methods', () =>
    repeatedly(async (body, received, expected) => {
      const secret = secretText();
      const headers = { 'x-hub-signature-256': await signForGitHub(secret, body) };
      expect(await verdict('github', secret, headers, received)).toBe(expected);
    }));

  test('Stripe: stripe', () =>
    repeatedly(async (body, received, expected) => {
      const secret = `whsec_${secretText()}`;
      const header = Stripe.webhooks.generateTestHeaderString({ payload: body, secret, timestamp: now });
      expect(await verdict('stripe', secret, { 'stripe-signature': header }, received)).toBe(expected);
    }));

  test('Standard Webhooks: standardwebhooks', () =>
    repeatedly(async (body, received, expected) => {
      const secret = `whsec_${secretText()}`;
      const id = `msg_${randomBytes(8).toString('hex')}`;
      const signature = new StandardWebhook(secret).sign(id, new Date(now * 1000), body);
      const headers = { 'webhook-id': id, 'webhook-timestamp': String(now), 'webhook-signature': signature };
      expect(await verdict('standard-webhooks', secret, headers, received)).toBe(expected);
      expect(await verdict('gitlab-signing', secret, headers, received)).toBe(expected);
    }));

  test('BigCommerce: standardwebhooks, called as its documentation calls it', () =>
    repeatedly(async (body, received, expected) => {
      const secret = secretText();
      const id = randomBytes(8).toString('hex');
      const encoded = Buffer.from(secret).toString('base64');
      const signature = new StandardWebhook(encoded).sign(id, new Date(now * 1000), body);
      const headers = { 'webhook-id': id, 'webhook-timestamp': String(now), 'webhook-signature': signature };
      expect(await verdict('bigcommerce', secret, headers, received)).toBe(expected);
    }));

  test('Svix: svix', () =>
    repeatedly(async (body, received, expected) => {
      const secret = `whsec_${secretText()}`;
      const id = `msg_${randomBytes(8).toString('hex')}`;
      const signature = new SvixWebhook(secret).sign(id, new Date(now * 1000), body);
      const headers = { 'svix-id': id, 'svix-timestamp': String(now), 'svix-signature': signature };
      expect(await verdict('svix', secret, headers, received)).toBe(expected);
    }));
});

describe("an SDK's verifier and the engine say the same", () => {
  test('Slack: @slack/bolt', () =>
    repeatedly(async (body, received, expected) => {
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
      expect(await verdict('slack', secret, headers, received)).toBe(expected);
    }));

  test('Linear: @linear/sdk', () =>
    repeatedly(
      async (body, received, expected) => {
        const secret = secretText();
        const signature = hmacHex(secret, body);
        const bySdk = () => new LinearWebhookClient(secret).verify(Buffer.from(received), signature, now * 1000);
        if (expected) {
          expect(bySdk()).toBe(true);
        } else {
          expect(bySdk).toThrow();
        }
        expect(await verdict('linear', secret, { 'linear-signature': signature }, received)).toBe(expected);
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
      expect(await verdict('paddle', secret, { 'paddle-signature': header }, received)).toBe(expected);
    });
  });

  test('Discord: discord-interactions', () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const key = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex');
    return repeatedly(async (body, received, expected) => {
      const signature = signBytes(null, Buffer.from(`${now}${body}`), privateKey).toString('hex');
      expect(await verifyKey(received, signature, String(now), key)).toBe(expected);
      const headers = { 'x-signature-ed25519': signature, 'x-signature-timestamp': String(now) };
      expect(await verdict('discord', key, headers, received)).toBe(expected);
    });
  });

  test('SendGrid: @sendgrid/eventwebhook', () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const key = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
    const webhook = new EventWebhook();
    return repeatedly(async (body, received, expected) => {
      const signature = signBytes('sha256', Buffer.from(`${now}${body}`), privateKey).toString('base64');
      const bySdk = webhook.verifySignature(webhook.convertPublicKeyToECDSA(key), received, signature, String(now));
      expect(bySdk).toBe(expected);
      const headers = {
        'x-twilio-email-event-webhook-signature': signature,
        'x-twilio-email-event-webhook-timestamp': String(now),
      };
      expect(await verdict('sendgrid', key, headers, received)).toBe(expected);
    });
  });
});
