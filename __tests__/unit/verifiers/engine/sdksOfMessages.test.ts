import { createHash, generateKeyPairSync, randomBytes, randomInt, sign as signBytes } from 'node:crypto';
import { validateSignature as validateLine } from '@line/bot-sdk';
import { tokenGenerate, verifySignature as verifyVonage } from '@vonage/jwt';
import { SignJWT } from 'jose';
import { validateV3Signature } from 'plivo';
import { Resend } from 'resend';
import Telnyx from 'telnyx';
import MessageValidator from 'viber-bot/lib/message/message-validator';
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

describe("a messaging service's own SDK and the verifier say the same", () => {
  test('LINE: @line/bot-sdk', () =>
    repeatedly(async (body, received, expected) => {
      const secret = secretText();
      const signature = hmacBase64(secret, body);
      expect(validateLine(received, secret, signature)).toBe(expected);
      expect(await verdict('line', secret, { 'x-line-signature': signature }, received)).toBe(expected);
    }));

  test('Viber: viber-bot', () =>
    repeatedly(async (body, received, expected) => {
      const token = secretText();
      const signature = hmacHex(token, body);
      expect(new MessageValidator({ debug: () => undefined }, token).validateMessage(signature, received)).toBe(
        expected,
      );
      expect(await verdict('viber', token, { 'x-viber-content-signature': signature }, received)).toBe(expected);
    }));

  test('Resend: resend', () => {
    const resend = new Resend('re_unused');
    return repeatedly(async (body, received, expected) => {
      const key = randomBytes(24);
      const [webhookSecret, id] = [`whsec_${key.toString('base64')}`, `msg_${randomBytes(8).toString('hex')}`];
      const signature = `v1,${hmacBase64(key, `${id}.${now}.${body}`)}`;
      const bySdk = () =>
        resend.webhooks.verify({
          payload: received,
          headers: { id, timestamp: String(now), signature },
          webhookSecret,
        });
      expect(await holds(bySdk)).toBe(expected);
      const headers = { 'svix-id': id, 'svix-timestamp': String(now), 'svix-signature': signature };
      expect(await verdict('resend', webhookSecret, headers, received)).toBe(expected);
    });
  });

  test('Telnyx: telnyx', () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
    const { webhooks } = new Telnyx('unused');
    jest.spyOn(console, 'log').mockImplementation(() => undefined);
    return repeatedly(async (body, received, expected) => {
      const signature = signBytes(null, Buffer.from(`${now}|${body}`), privateKey);
      const bySdk = () => webhooks.signature.verifySignature(received, new Uint8Array(signature), String(now), raw);
      expect(await holds(bySdk)).toBe(expected);
      const headers = { 'telnyx-signature-ed25519': signature.toString('base64'), 'telnyx-timestamp': String(now) };
      expect(await verdict('telnyx', raw.toString('base64'), headers, received)).toBe(expected);
    });
  });

  test('Plivo: plivo', () =>
    oftenBothWays(async (isRight) => {
      const [token, nonce, uri] = [secretText(), randomBytes(8).toString('hex'), `https://a.example/${randomInt(9e9)}`];
      const params: Record<string, string> = {
        From: '14155551234',
        Event: pick(['StartApp', 'Hangup']),
        Text: randomText(),
      };
      const sorted = Object.keys(params)
        .sort()
        .map((name) => `${name}${params[name]}`)
        .join('');
      const signature = hmacBase64(token, `${uri}?${sorted}.${nonce}`);
      const received = { ...params, From: isRight ? '14155551234' : '14155551235' };
      expect(validateV3Signature('POST', uri, nonce, token, signature, received)).toBe(isRight);
      const headers = {
        'content-type': 'application/x-www-form-urlencoded',
        'x-plivo-signature-v3': signature,
        'x-plivo-signature-v3-nonce': nonce,
      };
      const body = String(new URLSearchParams(received));
      expect(await verdict('plivo', token, headers, body, { url: uri })).toBe(isRight);
    }));

  test('Vonage: @vonage/jwt', () =>
    repeatedly(async (body, received, expected) => {
      const secret = secretText();
      const payload_hash = createHash('sha256').update(body).digest('hex');
      const token = await new SignJWT({ iss: 'Vonage', api_key: 'a1b2', payload_hash })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setJti(randomBytes(8).toString('hex'))
        .setIssuedAt()
        .sign(Buffer.from(secret));
      // It checks the token; that the hash is the body's is left to who calls it.
      expect(verifyVonage(token, secret)).toBe(true);
      expect(verifyVonage(token, `${secret}x`)).toBe(false);
      expect(await verdict('vonage', secret, { authorization: `Bearer ${token}` }, received)).toBe(expected);
      expect(await verdict('vonage', `${secret}x`, { authorization: `Bearer ${token}` }, body)).toBe(false);
    }));

  test('Vonage: what @vonage/jwt makes for the API says nothing of a body, and is refused', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = String(privateKey.export({ format: 'pem', type: 'pkcs8' }));
    const token = tokenGenerate('11111111-2222-4333-8444-555555555555', pem);
    expect(await verdict('vonage', pem, { authorization: `Bearer ${token}` }, '{}')).toBe(false);
  });
});
