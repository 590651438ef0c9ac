import { createHmac } from 'node:crypto';
import { accepted, attempt, changed, refused, type Attempt } from './support';

// The example of Adyen's documentation ("Verify HMAC signatures") and of its API libraries' tests.
const KEY = '44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056';
const SIGNATURE = 'coqCmt/IZ4E3CzPvMY8zTjQVL5hYJUiBRg8UU+iCWo0=';
const ITEM = {
  additionalData: { hmacSignature: SIGNATURE },
  pspReference: '7914073381342284',
  merchantAccountCode: 'TestMerchant',
  merchantReference: 'TestPayment-1407325143704',
  amount: { value: 1130, currency: 'EUR' },
  eventCode: 'AUTHORISATION',
  success: 'true',
};

function notification(...items: object[]): Attempt {
  const notificationItems = items.map((item) => ({ NotificationRequestItem: item }));
  return { request: { rawBody: JSON.stringify({ live: 'false', notificationItems }) }, secrets: [KEY] };
}

const sign = (content: string): { hmacSignature: string } => ({
  hmacSignature: createHmac('sha256', Buffer.from(KEY, 'hex')).update(content).digest('base64'),
});

describe('Adyen payments', () => {
  it('takes the documented example and answers [accepted]', async () => {
    const result = await accepted('adyen', { ...notification(ITEM), secrets: [{ name: 'live', value: KEY }] });
    expect(result).toEqual({
      ok: true,
      secretName: 'live',
      deliveryId: 'AUTHORISATION:7914073381342284:true',
      plaintext: { body: Buffer.from(String(notification(ITEM).request.rawBody)), contentType: 'application/json' },
      reply: { status: 200, contentType: 'text/plain', body: '[accepted]' },
    });
  });

  it("takes the example of Adyen's Java library (UtilTest.java)", async () => {
    const item = {
      pspReference: 'pspReference',
      originalReference: 'originalReference',
      merchantAccountCode: 'merchantAccount',
      merchantReference: 'reference',
      amount: { currency: 'EUR', value: 1000 },
      eventCode: 'EVENT',
      success: true,
      additionalData: { hmacSignature: 'ipnxGCaUZ4l8TUW75a71/ghd2Fe5ffvX0pV4TLTntIc=' },
    };
    const secrets = ['DFB1EB5485895CFA84146406857104ABB4CBCABDC8AAF103A624C8F6A3EAAB00'];
    await accepted('adyen', { ...notification(item), secrets });
  });

  it('takes one item in a call: who has seen some could put them together anew, under ever new ids', async () => {
    expect(await refused('adyen', notification(ITEM, ITEM))).toContain('not one of them');
    expect(await refused('adyen', notification(ITEM, { ...ITEM, success: 'false' }))).toContain('not one of them');
  });

  it('joins without escaping, and lets only the reference of the merchant have a colon', async () => {
    const content = 'p::Merchant:a:b\\c:5:EUR:REFUND:true';
    const item = {
      ...ITEM,
      pspReference: 'p',
      amount: { value: 5, currency: 'EUR' },
      eventCode: 'REFUND',
      additionalData: sign(content),
    };
    await accepted('adyen', notification({ ...item, merchantAccountCode: 'Merchant', merchantReference: 'a:b\\c' }));
    const moved = { ...item, merchantAccountCode: 'Merchant:a', merchantReference: 'b\\c' };
    expect((await attempt('adyen', notification(moved))).ok).toBe(false);
  });

  it('takes either of two keys during a change-over', async () => {
    await accepted('adyen', { ...notification(ITEM), secrets: ['00', KEY] });
  });

  it.each<[string, Attempt]>([
    ['a changed amount', notification({ ...ITEM, amount: { value: 1131, currency: 'EUR' } })],
    ['a changed signature', notification({ ...ITEM, additionalData: { hmacSignature: changed(SIGNATURE, 5) } })],
    ['a short signature', notification({ ...ITEM, additionalData: { hmacSignature: 'AAAA' } })],
    ['no signature', notification({ ...ITEM, additionalData: {} })],
    ['a field that is a list', notification({ ...ITEM, pspReference: ['7914073381342284'] })],
    ['no items', notification()],
    ['a body that is no notification', { request: { rawBody: '[]' }, secrets: [KEY] }],
    ['another key', { ...notification(ITEM), secrets: ['00'] }],
    ['a key that is not hex', { ...notification(ITEM), secrets: ['key'] }],
    ['an empty key', { ...notification(ITEM), secrets: [''] }],
    ['no key', { ...notification(ITEM), secrets: [] }],
  ])('refuses %s', async (_what, given) => {
    expect((await attempt('adyen', given)).ok).toBe(false);
  });
});
