import { generateKeyPairSync, randomBytes, randomInt } from 'node:crypto';
import HmacValidator from '@adyen/api-library/lib/src/utils/hmacValidator';
import type { NotificationRequestItem } from '@adyen/api-library/lib/src/typings/notification/models';
import { WebhooksHelper } from 'square';
import { Aes, Formatter, Rsa } from 'wechatpay-axios-plugin';
import { verifyRequest } from '../../../../src/server/verifiers';
import { shopifySdk } from '../../../support/shopifySdk';
import { hmacBase64, now, oftenBothWays, pick, randomText, repeatedly, secretText, verdict } from './sdkSupport';

describe("a shop's or a bank's own SDK and the verifier say the same", () => {
  test('Square: square', () =>
    repeatedly(async (body, received, expected) => {
      const [signatureKey, notificationUrl] = [
        secretText(),
        `https://nocobase.example.com/api/webhooks/${randomInt(9e9)}`,
      ];
      const signatureHeader = hmacBase64(signatureKey, notificationUrl + body);
      const bySdk = WebhooksHelper.verifySignature({
        requestBody: received,
        signatureHeader,
        signatureKey,
        notificationUrl,
      });
      expect(await bySdk).toBe(expected);
      const headers = { 'x-square-hmacsha256-signature': signatureHeader };
      expect(await verdict('square', signatureKey, headers, received, { url: notificationUrl })).toBe(expected);
    }));

  test('Adyen payments: @adyen/api-library', () =>
    oftenBothWays(async (isRight) => {
      const key = randomBytes(32).toString('hex');
      const item = {
        pspReference: randomBytes(8).toString('hex').toUpperCase(),
        originalReference: pick([undefined, randomBytes(8).toString('hex')]),
        merchantAccountCode: 'TestMerchant',
        merchantReference: pick(['order 1', 'a:b', 'Zoë', '', randomText()]),
        amount: { value: randomInt(1e9), currency: 'EUR' },
        eventCode: 'AUTHORISATION',
        success: pick(['true', 'false']),
      };
      const hmacSignature = new HmacValidator().calculateHmac(item as unknown as NotificationRequestItem, key);
      const amount = { ...item.amount, value: item.amount.value + (isRight ? 0 : 1) };
      const received = { ...item, amount, additionalData: { hmacSignature } };
      const bySdk = new HmacValidator().validateHMAC(received as unknown as NotificationRequestItem, key);
      expect(bySdk).toBe(isRight);
      const body = JSON.stringify({ live: 'false', notificationItems: [{ NotificationRequestItem: received }] });
      expect(await verdict('adyen', key, {}, body)).toBe(isRight);
    }));

  test('Adyen platforms: @adyen/api-library', () =>
    repeatedly(async (body, received, expected) => {
      const key = randomBytes(32).toString('hex');
      const signature = new HmacValidator().calculateHmac(body, key);
      expect(new HmacValidator().validateHMACSignature(key, signature, received)).toBe(expected);
      expect(await verdict('adyen-platform', key, { hmacsignature: signature }, received)).toBe(expected);
    }));

  test('Shopify: @shopify/shopify-api', () =>
    repeatedly(async (body, received, expected) => {
      const secret = secretText();
      const shopify = shopifySdk(secret);
      const headers = {
        'x-shopify-hmac-sha256': hmacBase64(secret, body),
        'x-shopify-topic': 'orders/create',
        'x-shopify-api-version': '2026-01',
        'x-shopify-shop-domain': 'example.myshopify.com',
        'x-shopify-webhook-id': String(randomInt(9e9)),
      };
      const bySdk = shopify.webhooks.validate({ rawBody: received, rawRequest: { headers, method: 'POST', url: '/' } });
      expect((await bySdk).valid).toBe(expected);
      expect(await verdict('shopify', secret, headers, received)).toBe(expected);
    }));

  test('WeChat Pay: wechatpay-axios-plugin, which encrypts and signs', () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = String(publicKey.export({ format: 'pem', type: 'spki' }));
    return oftenBothWays(async (isRight) => {
      const [apiV3Key, aad, iv] = [randomBytes(16).toString('hex'), pick(['', 'transaction']), Formatter.nonce(12)];
      const plaintext = JSON.stringify({ out_trade_no: randomText(), amount: { total: randomInt(1e6) } });
      const resource = {
        algorithm: 'AEAD_AES_256_GCM',
        ciphertext: Aes.AesGcm.encrypt(plaintext, apiV3Key, iv, aad),
        nonce: iv,
        associated_data: aad,
      };
      const [body, nonce] = [JSON.stringify({ id: 'EV-1', resource }), Formatter.nonce()];
      const result = await verifyRequest({
        auth: {
          type: 'provider',
          provider: 'wechatpay',
          secrets: [{ name: 'PUB_KEY_ID_1', value: pem }],
          options: { apiV3Key },
        },
        request: {
          method: 'POST',
          url: '/api/webhooks/key',
          headers: {
            'wechatpay-serial': 'PUB_KEY_ID_1',
            'wechatpay-timestamp': String(now),
            'wechatpay-nonce': nonce,
            'wechatpay-signature': Rsa.sign(Formatter.response(String(now), nonce, body), privateKey),
          },
          rawBody: Buffer.from(isRight ? body : `${body} `),
        },
        now,
      });
      expect(result.ok).toBe(isRight);
      expect(result.ok && result.plaintext?.body.toString()).toBe(isRight && plaintext);
    });
  });
});
