import { randomBytes } from 'node:crypto';
import { getExpectedBodyHash, getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { accepted, attempt, changed, refused, type Attempt } from './support';

// The example of Twilio's documentation: https://www.twilio.com/docs/usage/security#validating-requests
const OFFICIAL = {
  url: 'https://example.com/myapp.php?foo=1&bar=2',
  token: '12345',
  signature: 'L/OH5YylLD5NRKLltdqwSvS0BnU=',
  form: 'Digits=1234&To=%2B18005551212&From=%2B14158675310&Caller=%2B14158675310&CallSid=CA1234567890ABCDE',
};
const FORM_TYPE = 'application/x-www-form-urlencoded';

function form(url: string, rawBody: string, signature: string, token: string): Attempt {
  return {
    request: { url, rawBody, headers: { 'content-type': FORM_TYPE, 'x-twilio-signature': signature } },
    secrets: [{ name: 'live', value: token }],
  };
}

const official = form(OFFICIAL.url, OFFICIAL.form, OFFICIAL.signature, OFFICIAL.token);
const withHeaders = (headers: Record<string, string | string[]>): Attempt => ({
  ...official,
  request: { ...official.request, headers: { ...official.request.headers, ...headers } },
});

describe('Twilio', () => {
  it('does not sort more fields than Twilio has', async () => {
    const fields = (count: number) => Array.from({ length: count }, (_x, index) => `f${index}=1`).join('&');
    const given = (body: string) => ({ ...official, request: { ...official.request, rawBody: body } });
    expect(await refused('twilio', given(fields(1_001)))).toMatch(/more than 1000 fields/);
    expect(await refused('twilio', given(fields(1_000)))).toMatch(/does not match/);
    expect(await refused('twilio', given(`Body=${'a'.repeat(262_140)}`))).toMatch(/longer than 262144 bytes/);
    expect(await refused('twilio', given(`Body=${'a'.repeat(262_139)}`))).toMatch(/does not match/);
  });

  it('takes the documented example', async () => {
    const result = await accepted('twilio', official);
    expect(result).toMatchObject({ secretName: 'live', deliveryId: OFFICIAL.signature });
  });

  it('takes a SharedKey, which signs with HMAC-SHA256, beside the Auth Token', async () => {
    const settings = { 'x-twilio-webhooks-signature-settings': 'key=SK1,algorithm=HMAC_SHA256' };
    // Python hmac, over the text of the documented example.
    const signature = 'OsrUY6WST6Jp65HUCRJPG7QTTpdYLY0DkslUo2uzek0=';
    const shared = withHeaders({ ...settings, 'x-twilio-signature': signature });
    const secrets = ['Auth Token', 'SharedKey'].map((name, index) => ({
      name,
      value: [OFFICIAL.token, 'a-shared-key'][index] ?? '',
    }));
    expect(await accepted('twilio', { ...shared, secrets })).toMatchObject({
      secretName: 'SharedKey',
      deliveryId: signature,
    });
    expect(await refused('twilio', { ...shared, secrets: secrets.slice(0, 1) })).toMatch(/does not match/);
    const body = OFFICIAL.form.replace('1234', '1235');
    const tampered = { ...shared, request: { ...shared.request, rawBody: body }, secrets };
    expect(await refused('twilio', tampered)).toMatch(/does not match/);
    const short = withHeaders({ ...settings, 'x-twilio-signature': 'AAAA' });
    expect(await refused('twilio', short)).toMatch(/HMAC-SHA256/);
  });

  it('refuses a form that is no text in UTF-8, whose other bytes would have the same signature', async () => {
    const body = 'Body=%E9&_charset_=iso-8859-1';
    const signature = getExpectedTwilioSignature('12345', OFFICIAL.url, { Body: '\ufffd', _charset_: 'iso-8859-1' });
    expect(await refused('twilio', form(OFFICIAL.url, body, signature, '12345'))).toMatch(/no text in UTF-8/);
  });

  it('has a form read in the charset in which it was signed', async () => {
    const named = withHeaders({ 'content-type': `${FORM_TYPE}; charset=utf-16le` });
    const { plaintext } = await accepted('twilio', named);
    expect(plaintext).toEqual({ body: Buffer.from(OFFICIAL.form), contentType: FORM_TYPE });
  });

  it('agrees with the SDK on random forms', async () => {
    for (let round = 0; round < 50; round += 1) {
      const token = randomBytes(16).toString('hex');
      const names = Array.from({ length: round % 7 }, (_, index) => `${randomBytes(2).toString('hex')}ü${index}`);
      const params = Object.fromEntries(names.map((name) => [name, randomBytes(5).toString('base64')]));
      const url = `https://example.com/a/${round}?x=${randomBytes(3).toString('hex')}`;
      const body = new URLSearchParams(params).toString();
      await accepted('twilio', form(url, body, getExpectedTwilioSignature(token, url, params), token));
    }
  });

  it('leaves nothing of the query unsigned, however much stands in it', async () => {
    const url = `https://example.com/?a=1${'&'.repeat(1500)}`;
    const signature = getExpectedTwilioSignature('t', 'https://example.com/?a=1', { B: '2' });
    await accepted('twilio', form('https://example.com/?a=1', 'B=2', signature, 't'));
    expect((await attempt('twilio', form(`${url}&paid=1`, 'B=2', signature, 't'))).ok).toBe(false);
    const names = Array.from({ length: 1200 }, (_, index) => `n${index}=1`).join('&');
    const many = `https://example.com/?${names}`;
    const signed = getExpectedTwilioSignature('t', many, { B: '2' });
    expect((await attempt('twilio', form(`${many}&paid=1`, 'B=2', signed, 't'))).ok).toBe(false);
  });

  it('counts a value that repeats under one name once, as the SDK does', async () => {
    const url = 'https://example.com/';
    const signature = getExpectedTwilioSignature('t', url, { B: ['2', '1', '2'], A: 'x' });
    await accepted('twilio', form(url, 'B=2&B=1&A=x&B=2', signature, 't'));
  });

  it.each([
    ['https://example.com:443/p?q=1', 'https://example.com/p?q=1'],
    ['https://example.com/p?q=1', 'https://example.com:443/p?q=1'],
    ['http://example.com:80/p', 'http://example.com/p'],
    ['https://example.com/p', 'https://example.com:8443/p'],
  ])('takes a signature over %s for %s', async (signedUrl, url) => {
    await accepted('twilio', form(url, 'A=1', getExpectedTwilioSignature('t', signedUrl, { A: '1' }), 't'));
  });

  // The cases of twilio-node's own tests (spec/unit/webhooks/webhooks.spec.js).
  it.each([
    ["https://example.com/path?test=param'WithQuote", "https://example.com/path?test=param'WithQuote"],
    ["https://example.com/path?test=param'WithQuote", 'https://example.com/path?test=param%27WithQuote'],
    ['https://example.com/path?test=param%27WithQuote', "https://example.com/path?test=param'WithQuote"],
    ['https://example.com/path?test=param%27WithQuote', 'https://example.com/path?test=param%27WithQuote'],
  ])('takes a quote in the URL: signed over %s, received at %s', async (signedUrl, url) => {
    await accepted('twilio', form(url, '', getExpectedTwilioSignature('t', signedUrl, {}), 't'));
  });

  describe('with a JSON body', () => {
    const rawBody = '{"event":"ü"}';
    const url = `https://example.com/p?bodySHA256=${getExpectedBodyHash(rawBody)}`;
    const given: Attempt = {
      request: {
        url,
        rawBody,
        headers: { 'content-type': 'application/json', 'x-twilio-signature': getExpectedTwilioSignature('t', url, {}) },
      },
      secrets: ['t'],
    };

    it('checks the digest in the URL', async () => {
      await accepted('twilio', given);
      expect(await refused('twilio', { ...given, request: { ...given.request, rawBody: '{}' } })).toContain(
        'bodySHA256',
      );
    });

    it('refuses a digest that is there twice', async () => {
      const twice = `${url}&bodySHA256=00`;
      const headers = { 'x-twilio-signature': getExpectedTwilioSignature('t', twice, {}) };
      expect((await attempt('twilio', { ...given, request: { rawBody, url: twice, headers } })).ok).toBe(false);
    });

    it('refuses a body that nothing covers', async () => {
      const bare = 'https://example.com/p';
      const headers = {
        'content-type': 'application/json',
        'x-twilio-signature': getExpectedTwilioSignature('t', bare, {}),
      };
      expect(await refused('twilio', { request: { url: bare, rawBody, headers }, secrets: ['t'] })).toContain(
        'covered',
      );
    });
  });

  it.each<[string, Attempt]>([
    [
      'a changed byte',
      { ...official, request: { ...official.request, rawBody: OFFICIAL.form.replace('1234', '1235') } },
    ],
    ['an added field', { ...official, request: { ...official.request, rawBody: `${OFFICIAL.form}&X=1` } }],
    ['another URL', { ...official, request: { ...official.request, url: `${OFFICIAL.url}3` } }],
    ['a path alone', { ...official, request: { ...official.request, url: '/myapp.php?foo=1&bar=2' } }],
    ['a changed signature', withHeaders({ 'x-twilio-signature': changed(OFFICIAL.signature, 3) })],
    ['a malformed signature', withHeaders({ 'x-twilio-signature': '!' })],
    ['the same signature in another spelling', withHeaders({ 'x-twilio-signature': 'L/OH5YylLD5NRKLltdqwSvS0BnV=' })],
    ['a doubled signature', withHeaders({ 'x-twilio-signature': [OFFICIAL.signature, OFFICIAL.signature] })],
    ['a missing signature', { ...official, request: { ...official.request, headers: { 'content-type': FORM_TYPE } } }],
    [
      'an empty token that it was signed with',
      form('https://example.com/', 'A=1', getExpectedTwilioSignature('', 'https://example.com/', { A: '1' }), ''),
    ],
    ['another token', { ...official, secrets: ['12346'] }],
    ['an empty token', { ...official, secrets: [''] }],
    ['no token', { ...official, secrets: [] }],
  ])('refuses %s', async (_what, given) => {
    expect((await attempt('twilio', given)).ok).toBe(false);
  });
});
