import { randomBytes, randomInt } from 'node:crypto';
import { BraintreeGateway, Environment } from 'braintree';
import { Cashfree } from 'cashfree-pg';
import { basicAuthValidator } from 'chargebee';
import { Webhook as CoinbaseWebhook } from 'coinbase-commerce-node';
import { verifySignature as verifyGoCardless } from 'gocardless-nodejs/webhooks';
import { WebhookSignatureValidator } from 'mercadopago';
import { validateWebhookSignature } from 'razorpay/dist/utils/razorpay-utils';
import {
  hmacBase64,
  hmacHex,
  holds,
  oftenBothWays,
  pick,
  randomText,
  repeatedly,
  secretText,
  verdict,
} from './sdkSupport';

describe("a payment service's own SDK and the verifier say the same", () => {
  test('Razorpay: razorpay', () =>
    repeatedly(async (body, received, expected) => {
      const secret = secretText();
      const signature = hmacHex(secret, body);
      expect(validateWebhookSignature(received, signature, secret)).toBe(expected);
      expect(await verdict('razorpay', secret, { 'x-razorpay-signature': signature }, received)).toBe(expected);
    }));

  test('GoCardless: gocardless-nodejs', () =>
    repeatedly(async (body, received, expected) => {
      const secret = secretText();
      const signature = hmacHex(secret, body);
      expect(await holds(() => verifyGoCardless(received, secret, signature))).toBe(expected);
      expect(await verdict('gocardless', secret, { 'webhook-signature': signature }, received)).toBe(expected);
    }));

  test('Cashfree: cashfree-pg', () =>
    repeatedly(async (body, received, expected) => {
      const [secret, time] = [secretText(), String(Date.now())];
      const signature = hmacBase64(secret, time + body);
      Cashfree.XClientSecret = secret;
      expect(await holds(() => Cashfree.PGVerifyWebhookSignature(signature, received, time))).toBe(expected);
      const headers = { 'x-webhook-signature': signature, 'x-webhook-timestamp': time };
      expect(await verdict('cashfree', secret, headers, received)).toBe(expected);
    }));

  test('Coinbase Commerce: coinbase-commerce-node', () =>
    repeatedly(async (body, received, expected) => {
      const secret = secretText();
      const signature = hmacHex(secret, body);
      expect(await holds(() => CoinbaseWebhook.verifySigHeader(received, signature, secret))).toBe(expected);
      const headers = { 'x-cc-webhook-signature': signature };
      expect(await verdict('coinbase-commerce', secret, headers, received)).toBe(expected);
    }));

  test.each([
    ['seconds', () => String(Math.floor(Date.now() / 1000))],
    ['milliseconds', () => String(Date.now())],
  ])('Mercado Pago, in %s: mercadopago', (_unit, clock) =>
    oftenBothWays(async (isRight) => {
      const [secret, dataId, xRequestId, ts] = [
        secretText(),
        String(randomInt(9e9)),
        randomBytes(8).toString('hex'),
        clock(),
      ];
      const xSignature = `ts=${ts},v1=${hmacHex(secret, `id:${dataId};request-id:${xRequestId};ts:${ts};`)}`;
      const received = isRight ? dataId : `${dataId}1`;
      const bySdk = () => WebhookSignatureValidator.validate({ xSignature, xRequestId, dataId: received, secret });
      expect(await holds(bySdk)).toBe(isRight);
      const headers = { 'x-signature': xSignature, 'x-request-id': xRequestId };
      const url = `https://nocobase.example.com/api/webhooks/key?data.id=${received}&type=payment`;
      expect(await verdict('mercado-pago', secret, headers, '{}', { url })).toBe(isRight);
    }),
  );

  test('Braintree: braintree, which signs', () =>
    oftenBothWays(async (isRight) => {
      const privateKey = secretText();
      const gateway = new BraintreeGateway({
        environment: Environment.Sandbox,
        merchantId: 'merchant',
        publicKey: 'public',
        privateKey,
      });
      const kind = pick(['subscription_went_past_due', 'check', 'dispute_opened']);
      const sample = gateway.webhookTesting.sampleNotification(kind, randomBytes(6).toString('hex'));
      const payload = isRight ? sample.bt_payload : `A${sample.bt_payload}`;
      expect(await holds(() => gateway.webhookNotification.parse(sample.bt_signature, payload))).toBe(isRight);
      // Its last line break comes with some of its SDKs, and with others doesn't.
      for (const sent of [payload, payload.trimEnd()]) {
        const body = String(new URLSearchParams({ bt_signature: sample.bt_signature, bt_payload: sent }));
        const headers = { 'content-type': 'application/x-www-form-urlencoded' };
        expect(await verdict('braintree', privateKey, headers, body)).toBe(isRight);
      }
    }));

  test('Chargebee: chargebee', () =>
    oftenBothWays(async (isRight) => {
      const [username, password] = [pick(['shop', 'Zoë', '']), randomText()];
      const validate = basicAuthValidator((name, word) => name === username && word === password);
      const sent = `${username}:${password}${isRight ? '' : 'x'}`;
      const headers = { authorization: `Basic ${Buffer.from(sent).toString('base64')}` };
      expect(await holds(() => validate(headers))).toBe(isRight);
      expect(await verdict('chargebee', password, headers, '{}', { options: { username } })).toBe(isRight);
    }));
});
