import { AlipaySdk } from 'alipay-sdk';
import { createSign, generateKeyPairSync, randomBytes } from 'node:crypto';
import { accepted, attempt, changed, refused, type Attempt } from './support';

// A real notification, from the tests of Alipay's own Node SDK (test/alipay.test.ts).
const PUBLIC_KEY =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAqObrdC7hrgAVM98tK0nv3hSQRGGKT4lBsQjHiGjeYZjOPIPHR5knm2jnnz/YGIXIofVHkA/tAlBAd5DrY7YpvI4tP5EONLtZKC2ghBMx7McI2wRD0xiqzxOQr1FuhZGJ8/AUokBzJrzY+aGX2xcOrxFYRlFilvVLTXg4LWjR1tdPkO6+i7wQZAIVMClPkwVRZEbaERRHlKqTzv2gGv5rDU8gRoe1LeaN+6BlbTqHWkQcNCUNrA8C6l17XAXGKDsm/9TFWwO8EPHHHCaQdjtV5/FdcWIt+L8SR1ss7EXTjYDFtxcKVv9rEoY1lX8T4mX+GbXfZHraG5NCF1+XioL5JwIDAQAB';
const OFFICIAL: Record<string, string> = {
  gmt_create: '2019-08-15 15:56:22',
  charset: 'utf-8',
  seller_email: 'z97-yuquerevenue@service.aliyun.com',
  subject: '语雀空间 500人规模',
  sign: 'QfTb8tqE1BMhS5qAnXtvsF3/jBkEvu9q9en0pdbBUDDjvKycZhQb7h8GDs4FKfi049PynaNuatxSgLb/nLWZpXyyh0LEWdK2S6Ri7nPwrVgOs08zugLO20vOQz44y3ti2Ncm8/wZts1Fr2gZ7pShnVX3d1B50hbsXnObT1r/U8ONNQjWXd0HIul4TG+Q3fm3svmSvFEy0WnzuhcyHPX5Gm4ELNctL6Qd5YniGJFNcc7kopHYtI/XD9YCKCH6Ct02rzUs9i11C9CsadtZn+WhxF26Dqt9sGEFajkJ8cxUTLi8+VCpLHsgPE8P0y095uQcDdK0YjCh4x7wVSov+lrmOQ==',
  buyer_id: '2088102534368455',
  invoice_amount: '0.10',
  notify_id: '2019081500222155624068450559358070',
  fund_bill_list: '[{"amount":"0.10","fundChannel":"ALIPAYACCOUNT"}]',
  notify_type: 'trade_status_sync',
  trade_status: 'TRADE_SUCCESS',
  receipt_amount: '0.10',
  buyer_pay_amount: '0.10',
  sign_type: 'RSA2',
  app_id: '2019073166072302',
  seller_id: '2088531891668739',
  gmt_payment: '2019-08-15 15:56:24',
  notify_time: '2019-08-15 15:56:25',
  version: '1.0',
  out_trade_no: '20190815155618536-564-57',
  total_amount: '0.10',
  trade_no: '2019081522001468450512505578',
  auth_app_id: '2019073166072302',
  buyer_logon_id: 'xud***@126.com',
  point_amount: '0.00',
};
const FORM = 'application/x-www-form-urlencoded';
const SENT_AT = Date.parse('2019-08-15T07:56:25Z') / 1000;

function notification(fields: Record<string, string>, secret = PUBLIC_KEY): Attempt {
  return {
    request: { rawBody: new URLSearchParams(fields).toString() },
    secrets: [{ name: 'alipay', value: secret }],
    now: SENT_AT + 7,
  };
}

const official = notification(OFFICIAL);
const without = (name: string): Attempt =>
  notification(Object.fromEntries(Object.entries(OFFICIAL).filter(([key]) => key !== name)));

describe('Alipay', () => {
  it('takes the real notification and answers success', async () => {
    expect(await accepted('alipay', official)).toEqual({
      ok: true,
      secretName: 'alipay',
      deliveryId: '2019081500222155624068450559358070',
      plaintext: { body: Buffer.from(String(official.request.rawBody)), contentType: `${FORM}; charset=utf-8` },
      reply: { status: 200, contentType: 'text/plain', body: 'success' },
    });
  });

  it('takes a key in PEM', async () => {
    const pem = `-----BEGIN PUBLIC KEY-----\n${PUBLIC_KEY}\n-----END PUBLIC KEY-----\n`;
    await accepted('alipay', notification(OFFICIAL, pem));
  });

  describe('beside the SDK', () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const spki = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
    const sdk = new AlipaySdk({
      appId: 'app',
      privateKey: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
      alipayPublicKey: spki,
    });
    const sign = (content: Buffer | string): string => createSign('sha256').update(content).sign(privateKey, 'base64');

    it('agrees on random notifications, with sign_type signed or not', async () => {
      for (let round = 0; round < 20; round += 1) {
        const fields = Object.fromEntries(
          Array.from({ length: 1 + (round % 6) }, (_, index) => [
            `${randomBytes(3).toString('hex')}${index}`,
            `${randomBytes(4).toString('base64')} 付+%&=`,
          ]),
        );
        const signed: Record<string, string> = round % 2 ? fields : { ...fields, sign_type: 'RSA2' };
        const content = Object.keys(signed)
          .sort()
          .map((key) => `${key}=${signed[key]}`)
          .join('&');
        const sent = { ...fields, sign_type: 'RSA2', sign: sign(content) };
        expect(sdk.checkNotifySignV2(sent)).toBe(true);
        await accepted('alipay', notification(sent, spki));
      }
    });

    it('signs the bytes that were sent, in GBK too', async () => {
      // "支付" in GBK
      const bytes = Buffer.from('subject=\xd6\xa7\xb8\xb6', 'latin1');
      const rawBody = `subject=%D6%A7%B8%B6&sign_type=RSA2&sign=${encodeURIComponent(sign(bytes))}`;
      await accepted('alipay', { request: { rawBody }, secrets: [spki] });
    });

    it('refuses fields that what was signed can be taken apart into, or put together of', async () => {
      const signed = (content: string) => ({ sign_type: 'RSA2', sign: sign(content) });
      const two = signed('seller_id=1&sku=2&trade_status=WAIT');
      await accepted('alipay', notification({ seller_id: '1', sku: '2', trade_status: 'WAIT', ...two }, spki));
      const put: Record<string, string>[] = [
        { seller_id: '1&sku=2', trade_status: 'WAIT' },
        { seller_id: '1', sku: '2&trade_status=WAIT' },
        { seller_id: '1&sku=2&trade_status=WAIT' },
        { 'seller_id=1&sku': '2', trade_status: 'WAIT' },
      ];
      for (const fields of put) {
        expect(await refused('alipay', notification({ ...fields, ...two }, spki))).toContain('more than one way');
      }
      // A stranger's megabyte of them is not gone through.
      const ampersands = notification({ body: '&'.repeat(501), ...two }, spki);
      expect(await refused('alipay', ampersands)).toContain('more than one way');
      // What stands in a value and can be no field of its own stays what it is.
      const free = { passback_params: 'a=1&b=2', subject: 'x & y', trade_no: '1' };
      const content = Object.entries(free).map(([name, value]) => `${name}=${value}`);
      await accepted('alipay', notification({ ...free, ...signed(content.join('&')) }, spki));
    });

    it('refuses RSA, which is SHA-1', async () => {
      const signature = createSign('sha1').update('a=1').sign(privateKey, 'base64');
      expect(await refused('alipay', notification({ a: '1', sign_type: 'RSA', sign: signature }, spki))).toContain(
        'RSA2',
      );
    });
  });

  it('looks at the app where the maker says so', async () => {
    await accepted('alipay', { ...official, options: { appId: '2019073166072302, 2' } });
    expect(await refused('alipay', { ...official, options: { appId: '2' } })).toContain('2019073166072302');
  });

  it('takes a notification for as long as Alipay repeats it, and no longer', async () => {
    await accepted('alipay', { ...official, now: SENT_AT + 90_000 });
    expect(await refused('alipay', { ...official, now: SENT_AT + 90_001 })).toContain('90001 s ago');
    await accepted('alipay', { ...official, now: SENT_AT + 900_000, tolerance: 0 });
  });

  it('looks at the time more closely where the maker says so', async () => {
    await accepted('alipay', { ...official, tolerance: 10 });
    expect(await refused('alipay', { ...official, tolerance: 5 })).toContain('7 s ago');
    expect(await refused('alipay', { ...official, tolerance: 5, now: SENT_AT - 7 })).toContain('7 s ahead');
  });

  it.each<[string, Attempt]>([
    ['a changed amount', notification({ ...OFFICIAL, total_amount: '0.01' })],
    ['an added field', notification({ ...OFFICIAL, x: '' })],
    ['a removed field', without('point_amount')],
    ['a changed signature', notification({ ...OFFICIAL, sign: changed(OFFICIAL.sign ?? '', 9) })],
    ['no signature', without('sign')],
    ['no signature type', without('sign_type')],
    ['a doubled field', { ...official, request: { rawBody: `${official.request.rawBody}&total_amount=0.10` } }],
    ['another key', notification(OFFICIAL, 'MIIB')],
    ['an empty key', notification(OFFICIAL, '')],
    ['no key', { ...official, secrets: [] }],
    ['an empty body', { ...official, request: { rawBody: '' } }],
  ])('refuses %s', async (_what, given) => {
    expect((await attempt('alipay', given)).ok).toBe(false);
  });
});
