import { generateKeyPairSync, randomBytes, randomInt, sign as signBytes } from 'node:crypto';
import { verifyWebhook } from '@clerk/backend/webhooks';
import { signRequest, verifyRequest as verifyContentful } from '@contentful/node-apps-toolkit';
import { Mux } from '@mux/mux-node';
import { encodeSignatureHeader, isValidSignature } from '@sanity/webhook';
import BoxWebhooks from 'box-node-sdk/managers/webhooks';
import { validateEndpoint } from 'event-notification-nodejs-sdk';
import { validateSignature } from 'event-notification-nodejs-sdk/lib/validator';
import { OAuth2Client } from 'google-auth-library';
import { SignJWT } from 'jose';
import { Client as WebflowWebhooks } from 'webflow-api/dist/wrapper/WebhooksClient';
import { verifyRequest } from '../../../../src/server/verifiers';
import {
  hmacBase64,
  hmacHex,
  holds,
  now,
  oftenBothWays,
  pick,
  randomText,
  repeatedly,
  secretText,
  verdict,
} from './sdkSupport';

const ebayKeys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
// As eBay's API gives it: on one line.
const mockEbayKey = String(ebayKeys.publicKey.export({ format: 'pem', type: 'spki' })).replaceAll('\n', '');

jest.mock('event-notification-nodejs-sdk/lib/client', () => ({
  getPublicKey: () => Promise.resolve({ key: mockEbayKey }),
}));

describe("a service's own SDK and the verifier say the same", () => {
  test('Clerk: @clerk/backend', () =>
    repeatedly(async (body, received, expected) => {
      const key = randomBytes(24);
      const [signingSecret, id] = [`whsec_${key.toString('base64')}`, `msg_${randomBytes(8).toString('hex')}`];
      const headers = {
        'svix-id': id,
        'svix-timestamp': String(now),
        'svix-signature': `v1,${hmacBase64(key, `${id}.${now}.${body}`)}`,
      };
      const request = new Request('https://a.example', { method: 'POST', headers, body: received });
      expect(await holds(() => verifyWebhook(request, { signingSecret }))).toBe(expected);
      expect(await verdict('clerk', signingSecret, headers, received)).toBe(expected);
    }));

  test('Mux: @mux/mux-node', () => {
    const mux = new Mux({ tokenId: 'unused', tokenSecret: 'unused', webhookSecret: 'unused' });
    return repeatedly(async (body, received, expected) => {
      const secret = secretText();
      const headers = { 'mux-signature': `t=${now},v1=${hmacHex(secret, `${now}.${body}`)}` };
      expect(await holds(() => mux.webhooks.verifySignature(received, headers, secret))).toBe(expected);
      expect(await verdict('mux', secret, headers, received)).toBe(expected);
    });
  });

  test('Sanity: @sanity/webhook, which signs', () =>
    repeatedly(async (body, received, expected) => {
      const secret = secretText();
      const signature = await encodeSignatureHeader(body, Date.now(), secret);
      expect(await isValidSignature(received, signature, secret)).toBe(expected);
      expect(await verdict('sanity', secret, { 'sanity-webhook-signature': signature }, received)).toBe(expected);
    }));

  test('Contentful: @contentful/node-apps-toolkit, which signs', () =>
    repeatedly(async (body, received, expected) => {
      const secret = randomBytes(32).toString('hex');
      const path = `/api/webhooks/${randomInt(9e9)}`;
      const own = { 'content-type': 'application/json', 'x-contentful-topic': 'ContentManagement.Entry.publish' };
      const request = { method: 'POST' as const, path, headers: own };
      const signed = signRequest(secret, { ...request, body }, Date.now());
      const headers = { ...own, ...signed } as unknown as Record<string, string>;
      expect(await holds(() => isTrue(verifyContentful(secret, { ...request, headers, body: received })))).toBe(
        expected,
      );
      expect(await verdict('contentful', secret, headers, received, { url: `https://a.example${path}` })).toBe(
        expected,
      );
    }));

  test('Box: box-node-sdk', () =>
    repeatedly(async (body, received, expected) => {
      const [primary, secondary] = [secretText(), secretText()];
      const time = new Date().toISOString();
      const ours = pick([primary, secondary]);
      const headers = {
        'box-delivery-timestamp': time,
        'box-signature-version': '1',
        'box-signature-algorithm': 'HmacSHA256',
        'box-signature-primary': hmacBase64(primary, body + time),
        'box-signature-secondary': hmacBase64(secondary, body + time),
      };
      expect(BoxWebhooks.validateMessage(received, headers, primary, secondary)).toBe(expected);
      expect(await verdict('box', ours, headers, received)).toBe(expected);
    }));

  test('Webflow: webflow-api', () => {
    const webflow = new WebflowWebhooks({});
    return repeatedly(async (body, received, expected) => {
      const [secret, time] = [secretText(), String(Date.now())];
      const headers = { 'x-webflow-timestamp': time, 'x-webflow-signature': hmacHex(secret, `${time}:${body}`) };
      expect(await webflow.verifySignature({ headers, body: received, secret })).toBe(expected);
      expect(await verdict('webflow', secret, headers, received)).toBe(expected);
    });
  });

  test('Google Pub/Sub: google-auth-library', () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'RS256' };
    const certs = { k1: String(publicKey.export({ format: 'pem', type: 'spki' })) };
    const outbound = { get: () => Promise.resolve(Buffer.from(JSON.stringify({ keys: [jwk] }))) };
    const [audience, email] = ['https://a.example/push', 'push@project.iam.gserviceaccount.com'];
    return oftenBothWays(async (isRight) => {
      const token = await new SignJWT({ email, email_verified: true, azp: '1' })
        .setProtectedHeader({ alg: 'RS256', kid: 'k1', typ: 'JWT' })
        .setIssuer('https://accounts.google.com')
        .setAudience(isRight ? audience : 'https://b.example/push')
        .setSubject('1')
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(privateKey);
      const issuers = ['https://accounts.google.com'];
      const bySdk = () => new OAuth2Client().verifySignedJwtWithCertsAsync(token, certs, audience, issuers);
      expect(await holds(bySdk)).toBe(isRight);
      const result = await verifyRequest({
        auth: { type: 'provider', provider: 'google-pubsub', secrets: [], options: { audience, email } },
        request: {
          method: 'POST',
          url: '/api/webhooks/key',
          headers: { authorization: `Bearer ${token}` },
          rawBody: Buffer.from('{"message":{"messageId":"1"}}'),
        },
        now,
        outbound,
      });
      expect(result.ok).toBe(isRight);
    });
  });

  describe('eBay: event-notification-nodejs-sdk', () => {
    test('of a notification', () =>
      oftenBothWays(async (isRight) => {
        const message = { metadata: { topic: 'T' }, notification: { notificationId: randomText() } };
        const body = JSON.stringify(message);
        const signature = signBytes('sha1', Buffer.from(body), ebayKeys.privateKey).toString('base64');
        const header = Buffer.from(JSON.stringify({ alg: 'ecdsa', kid: 'k', signature, digest: 'SHA1' })).toString(
          'base64',
        );
        const received = isRight ? message : { ...message, more: 1 };
        expect(await validateSignature(received, header, {})).toBe(isRight);
        const options = { verificationToken: 'x'.repeat(32) };
        const headers = { 'x-ebay-signature': header };
        expect(await verdict('ebay', mockEbayKey, headers, JSON.stringify(received), { options })).toBe(isRight);
      }));

    test('of a challenge', async () => {
      const [endpoint, verificationToken] = [
        'https://a.example/api/webhooks/key',
        'abcdefghijklmnopqrstuvwxyz_-012345',
      ];
      const code = randomBytes(12).toString('hex');
      const result = await verifyRequest({
        auth: { type: 'provider', provider: 'ebay', secrets: [mockEbayKey], options: { verificationToken } },
        request: { method: 'GET', url: `${endpoint}?challenge_code=${code}`, headers: {}, rawBody: Buffer.alloc(0) },
        now,
      });
      const challengeResponse = validateEndpoint(code, { endpoint, verificationToken });
      expect(result).toMatchObject({ handshake: { body: JSON.stringify({ challengeResponse }) } });
    });
  });
});

/** What says no by `false` says it by an error here. */
function isTrue(value: boolean): void {
  if (!value) {
    throw new Error('no');
  }
}
