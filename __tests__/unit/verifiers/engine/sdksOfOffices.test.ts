import { createCipheriv, createHash, randomBytes, randomInt } from 'node:crypto';
import { Signature } from '@hubspot/api-client/lib/src/utils/signature';
import { EventDispatcher, LoggerLevel } from '@larksuiteoapi/node-sdk';
import { verifyRequest } from '../../../../src/server/verifiers';
import { now, oftenBothWays, pick, randomText, repeatedly, secretText, verdict } from './sdkSupport';

type HubSpotVersion = 'v1' | 'v2' | 'v3';

/** As Feishu encrypts: AES-256-CBC under the SHA-256 of the encrypt key, the IV in front. */
function encryptForFeishu(encryptKey: string, text: string): string {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', createHash('sha256').update(encryptKey).digest(), iv);
  return Buffer.concat([iv, cipher.update(text), cipher.final()]).toString('base64');
}

describe("an office service's own SDK and the verifier say the same", () => {
  test('Feishu: @larksuiteoapi/node-sdk opens what the verifier opens', () =>
    oftenBothWays(async (isRight) => {
      const encryptKey = secretText();
      const text = randomText();
      const event = {
        schema: '2.0',
        header: { event_id: String(randomInt(9e9)), event_type: 'test.event_v1', token: 't' },
        event: { text },
      };
      // The SDK writes JSON anew before it checks, so that it takes compact JSON only.
      const body = JSON.stringify({ encrypt: encryptForFeishu(encryptKey, JSON.stringify(event)) });
      const received = isRight ? body : body.replace('{"encrypt":"', '{"x":1,"encrypt":"');
      const nonce = randomBytes(8).toString('hex');
      const headers = {
        'x-lark-request-timestamp': String(now),
        'x-lark-request-nonce': nonce,
        'x-lark-signature': createHash('sha256').update(`${now}${nonce}${encryptKey}${body}`).digest('hex'),
      };

      const seen: unknown[] = [];
      const dispatcher = new EventDispatcher({ encryptKey, loggerLevel: LoggerLevel.error }).register({
        'test.event_v1': (data: { text: string }) => seen.push(data.text),
      });
      // It reads the headers off the body's prototype.
      await dispatcher.invoke(Object.assign(Object.create({ headers }) as object, JSON.parse(received)));
      expect(seen).toEqual(isRight ? [text] : []);

      const result = await verifyRequest({
        auth: { type: 'provider', provider: 'feishu', secrets: [encryptKey], options: { verificationToken: 't' } },
        request: { method: 'POST', url: '/', headers, rawBody: Buffer.from(received) },
        now,
      });
      expect(result.ok).toBe(isRight);
      expect(result.ok && JSON.parse(String(result.plaintext?.body))).toEqual(isRight && event);
    }));

  test.each(['v1', 'v2', 'v3'] as const)('HubSpot %s: @hubspot/api-client', (signatureVersion: HubSpotVersion) =>
    repeatedly(async (body, received, expected) => {
      const [clientSecret, method] = [secretText(), pick(['POST', 'PUT'])];
      const url = `https://nocobase.example.com/api/webhooks/key?a=${randomInt(9e9)}`;
      const timestamp = Date.now();
      const options = { clientSecret, requestBody: body, url, timestamp };
      const signature = Signature.getSignature(method, signatureVersion, { ...options, signature: '' });
      const bySdk = Signature.isValid({ ...options, requestBody: received, method, signatureVersion, signature });
      expect(bySdk).toBe(expected);
      const headers: Record<string, string> =
        signatureVersion === 'v3'
          ? { 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': String(timestamp) }
          : { 'x-hubspot-signature': signature };
      const provider = signatureVersion === 'v3' ? 'hubspot' : `hubspot-${signatureVersion}`;
      expect(await verdict(provider, clientSecret, headers, received, { url, method })).toBe(expected);
    }),
  );
});
