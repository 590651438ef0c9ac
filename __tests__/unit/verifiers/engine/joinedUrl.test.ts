import { createHmac } from 'node:crypto';
import { verifyRequest } from '../../../../src/server/verifiers';

const SECRET = 'square-signature-key';
const URL = 'https://nocobase.example.com/api/webhooks/shops/1';
const BODY = '{"merchant_id":"M1","type":"payment.created"}';

/** The verdict on a call to a URL with a body, under what was signed for `URL` and `BODY`. */
function verdict(url: string, body: string, content = URL + BODY) {
  const signature = createHmac('sha256', SECRET).update(content).digest('base64');
  return verifyRequest({
    auth: { type: 'provider', provider: 'square', secrets: [SECRET] },
    request: {
      method: 'POST',
      url,
      headers: { 'x-square-hmacsha256-signature': signature },
      rawBody: Buffer.from(body),
    },
    now: 1_700_000_000,
  });
}

describe('a signature of URL and body with nothing between', () => {
  test('takes a JSON document, with brackets in the URL too', () => {
    expect(verdict(URL, BODY)).toMatchObject({ ok: true });
    expect(verdict(`${URL}?a[]=1`, BODY, `${URL}?a[]=1${BODY}`)).toMatchObject({ ok: true });
  });

  test.each([0, 1, 20, BODY.length])('refuses a call whose body begins in the URL (%d bytes of it left)', (left) => {
    const at = BODY.length - left;
    const moved = at === 0 ? [`${URL}`, BODY] : [URL + BODY.slice(0, at), BODY.slice(at)];
    const [url = '', body = ''] = moved;
    expect(verdict(url, body)).toMatchObject({ ok: at === 0 });
  });
});
