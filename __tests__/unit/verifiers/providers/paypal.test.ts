import { createSign } from 'node:crypto';
import { crc32 } from '../../../../src/server/verifiers/providers/crc32';
import { FOREIGN_CERTIFICATE, SIGNING_KEY } from '../../../support/certificates';
import { accepted, attempt, changed, refused, tableOutbound, type Attempt } from './support';

// A real event of PayPal's sandbox, from the tests of PayPal-Python-SDK (test/unit_tests/notifications_test.py), and
// the certificate it names, from the tests of PayPal-node-SDK.
const BODY =
  '{"id":"WH-0G2756385H040842W-5Y612302CV158622M","create_time":"2015-05-18T15:45:13Z","resource_type":"sale","event_type":"PAYMENT.SALE.COMPLETED","summary":"Payment completed for $ 20.0 USD","resource":{"id":"4EU7004268015634R","create_time":"2015-05-18T15:44:02Z","update_time":"2015-05-18T15:44:21Z","amount":{"total":"20.00","currency":"USD"},"payment_mode":"INSTANT_TRANSFER","state":"completed","protection_eligibility":"ELIGIBLE","protection_eligibility_type":"ITEM_NOT_RECEIVED_ELIGIBLE,UNAUTHORIZED_PAYMENT_ELIGIBLE","parent_payment":"PAY-86C81811X5228590KKVNARQQ","transaction_fee":{"value":"0.88","currency":"USD"},"links":[{"href":"https://api.sandbox.paypal.com/v1/payments/sale/4EU7004268015634R","rel":"self","method":"GET"},{"href":"https://api.sandbox.paypal.com/v1/payments/sale/4EU7004268015634R/refund","rel":"refund","method":"POST"},{"href":"https://api.sandbox.paypal.com/v1/payments/payment/PAY-86C81811X5228590KKVNARQQ","rel":"parent_payment","method":"GET"}]},"links":[{"href":"https://api.sandbox.paypal.com/v1/notifications/webhooks-events/WH-0G2756385H040842W-5Y612302CV158622M","rel":"self","method":"GET"},{"href":"https://api.sandbox.paypal.com/v1/notifications/webhooks-events/WH-0G2756385H040842W-5Y612302CV158622M/resend","rel":"resend","method":"POST"}]}';
const CERTIFICATE_URL = 'https://api.sandbox.paypal.com/v1/notifications/certs/CERT-360caa42-fca2a594-a5cafa77';
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIHqDCCBpCgAwIBAgIQCSVMkxB1Kw9SPZtpAr3lTDANBgkqhkiG9w0BAQsFADB1
MQswCQYDVQQGEwJVUzEVMBMGA1UEChMMRGlnaUNlcnQgSW5jMRkwFwYDVQQLExB3
d3cuZGlnaWNlcnQuY29tMTQwMgYDVQQDEytEaWdpQ2VydCBTSEEyIEV4dGVuZGVk
IFZhbGlkYXRpb24gU2VydmVyIENBMB4XDTE1MDMxODAwMDAwMFoXDTE3MDMyMjEy
MDAwMFowggElMR0wGwYDVQQPDBRQcml2YXRlIE9yZ2FuaXphdGlvbjETMBEGCysG
AQQBgjc8AgEDEwJVUzEZMBcGCysGAQQBgjc8AgECEwhEZWxhd2FyZTEQMA4GA1UE
BRMHMzAxNDI2NzEWMBQGA1UECRMNMjIxMSBOIDFzdCBTdDEOMAwGA1UEERMFOTUx
MzExCzAJBgNVBAYTAlVTMRMwEQYDVQQIEwpDYWxpZm9ybmlhMREwDwYDVQQHEwhT
YW4gSm9zZTEVMBMGA1UEChMMUGF5UGFsLCBJbmMuMRgwFgYDVQQLEw9QYXJ0bmVy
IFN1cHBvcnQxNDAyBgNVBAMTK21lc3NhZ2V2ZXJpZmljYXRpb25jZXJ0cy5zYW5k
Ym94LnBheXBhbC5jb20wggEiMA0GCSqGSIb3DQEBAQUAA4IBDwAwggEKAoIBAQDI
XgwJj1E+vPOLNA7e3nFsRpQq7G1CFcoCNeRgFIGRfd4itt2jBRPfHXf1eeXODQ6V
wTMP6rVYrI3HBQu5SZRZKO3gALPiBWTcz5FhVovYDz/d/DtasA5L7l1xmRM+GGPE
e/D3ETPeyym6GTAuIzR1ju1BuSQlVnIrcILDHrFZo0RyqFH1eNL3oYfgz+ZCv+WH
65rhS60VowiLAb2lsARckJ2P8wKIps3YUxAqVG5SJ9H49ueBDI01wEzE/+59J8s9
GThmbMTqP6x4MneAcGN1TPimGd9wZlbwwrCYDtCoqFDcxMVgvD83uPrIinFwTIOX
w63QSv8/+ANuawBcNJDrAgMBAAGjggOAMIIDfDAfBgNVHSMEGDAWgBQ901Cl1qCt
7vNKYApl0yHU+PjWDzAdBgNVHQ4EFgQUt5yLggZOjjfzULzZCgX2KZO3R/gwNgYD
VR0RBC8wLYIrbWVzc2FnZXZlcmlmaWNhdGlvbmNlcnRzLnNhbmRib3gucGF5cGFs
LmNvbTAOBgNVHQ8BAf8EBAMCBaAwHQYDVR0lBBYwFAYIKwYBBQUHAwEGCCsGAQUF
BwMCMHUGA1UdHwRuMGwwNKAyoDCGLmh0dHA6Ly9jcmwzLmRpZ2ljZXJ0LmNvbS9z
aGEyLWV2LXNlcnZlci1nMS5jcmwwNKAyoDCGLmh0dHA6Ly9jcmw0LmRpZ2ljZXJ0
LmNvbS9zaGEyLWV2LXNlcnZlci1nMS5jcmwwQgYDVR0gBDswOTA3BglghkgBhv1s
AgEwKjAoBggrBgEFBQcCARYcaHR0cHM6Ly93d3cuZGlnaWNlcnQuY29tL0NQUzCB
iAYIKwYBBQUHAQEEfDB6MCQGCCsGAQUFBzABhhhodHRwOi8vb2NzcC5kaWdpY2Vy
dC5jb20wUgYIKwYBBQUHMAKGRmh0dHA6Ly9jYWNlcnRzLmRpZ2ljZXJ0LmNvbS9E
aWdpQ2VydFNIQTJFeHRlbmRlZFZhbGlkYXRpb25TZXJ2ZXJDQS5jcnQwDAYDVR0T
AQH/BAIwADCCAX0GCisGAQQB1nkCBAIEggFtBIIBaQFnAHUApLkJkLQYWBSHuxOi
zGdwCjw1mAT5G9+443fNDsgN3BAAAAFMLovtNgAABAMARjBEAiBTR7r3p76qUJzF
23lsbD/cLsA0KlxoJRSIvIK0OIYWiQIgVQWja8tWBlpcoFP30Iym7IuczitSazpH
fhKAVroTgXgAdgBo9pj4H2SCvjqM7rkoHUz8cVFdZ5PURNEKZ6y7T0/7xAAAAUwu
i+z4AAAEAwBHMEUCIEP3VYyLQB7lOgFo4WstyOurmRe3xa0OVaeFL/bDohHOAiEA
+xQrRVAfaeT4qBdBJzLyVLU4V9bh/qBMXJdjvYujhAcAdgBWFAaaL9fC7NP14b1E
sj7HRna5vJkRXMDvlJhV1onQ3QAAAUwui+6EAAAEAwBHMEUCIQC/YUc5X6xyb3ho
o4VMSJqSoNg9KKkvLh9nUQCdwHi3/QIgNwcBc9ZZCR/aWXQ7hKH6d39kpkDX2Z43
XPy/Kl5sKI4wDQYJKoZIhvcNAQELBQADggEBAHixEZNpb0M1MsvsfNI6lLKxrs9s
JkcBcmxrFyhTC8KP+Qp+Z1fnMRQwpTLIMr1+uAMqCPAnIShGHeFNJpUFSMyW4o0l
+pZGz/L/YJBs7XP3ChSGC17ZKeGSQFfMqMQXfY/L6+n/1HkAwqmewqUMEuUmWN3F
kXJqVngIYGZtxXRyiv2azLOhrNP8BgNZK6d2gVxntQfGr4hnd8Juq8SJy/S4xpPY
YPD8vW7/wSOdAe1/kU38QwDVBQ5PJePS2WFwz8YA/eKcyg9lfsianfw35SjehJbn
wGwzUbjtibyJnv3eAeYDGxaI6vbuoE99pSmYGIwSBLJwZamJHjci6HL6wLg=
-----END CERTIFICATE-----
`;
const WEBHOOK_ID = '4JH86294D6297924G';
const HEADERS: Record<string, string> = {
  'paypal-transmission-id': 'dfb3be50-fd74-11e4-8bf3-77339302725b',
  'paypal-transmission-time': '2015-05-18T15:45:13Z',
  'paypal-auth-algo': 'SHA256withRSA',
  'paypal-cert-url': CERTIFICATE_URL,
  'paypal-transmission-sig':
    'thy4/U002quzxFavHPwbfJGcc46E8rc5jzgyeafWm5mICTBdY/8rl7WJpn8JA0GKA+oDTPsSruqusw+XXg5RLAP7ip53Euh9Xu3UbUhQFX7UgwzE2FeYoY6lyRMiiiQLzy9BvHfIzNIVhPad4KnC339dr6y2l+mN8ALgI4GCdIh3/SoJO5wE64Bh/ueWtt8EVuvsvXfda2Le5a2TrOI9vLEzsm9GS79hAR/5oLexNz8UiZr045Mr5ObroH4w4oNfmkTaDk9Rj0G19uvISs5QzgmBpauKr7Nw++JI0pr/v5mFctQkoWJSGfBGzPRXawrvIIVHQ9Wer48GR2g9ZiApWg==',
};
/** The text with four bytes behind it that give it a CRC-32 of one's choice: found by going through the table backwards. */
function withChecksum(text: string, checksum: number): Buffer {
  const table = Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit += 1) {
      value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    }
    return value >>> 0;
  });
  let wanted = (checksum ^ 0xffffffff) >>> 0;
  const indexes: number[] = [];
  for (let step = 0; step < 4; step += 1) {
    const index = table.findIndex((value) => value >>> 24 === wanted >>> 24);
    indexes.unshift(index);
    wanted = ((wanted ^ (table[index] ?? 0)) << 8) >>> 0;
  }
  let state = (crc32(Buffer.from(text)) ^ 0xffffffff) >>> 0;
  const tail = indexes.map((index) => {
    const byte = (state ^ index) & 0xff;
    state = ((state >>> 8) ^ (table[index] ?? 0)) >>> 0;
    return byte;
  });
  return Buffer.concat([Buffer.from(text), Buffer.from(tail)]);
}

const SENT_AT = Date.parse('2015-05-18T15:45:13Z') / 1000;

function event(given: Partial<Attempt> = {}): Attempt {
  return {
    request: { rawBody: BODY, headers: HEADERS },
    secrets: [{ name: 'shop', value: WEBHOOK_ID }],
    now: SENT_AT + 30,
    outbound: tableOutbound({ [CERTIFICATE_URL]: CERTIFICATE }),
    ...given,
  };
}
const withHeaders = (headers: Record<string, string | string[] | undefined>): Attempt =>
  event({ request: { rawBody: BODY, headers: { ...HEADERS, ...headers } } });

describe('PayPal', () => {
  it('takes a real event', async () => {
    const result = await accepted('paypal', event());
    expect(result).toEqual({ ok: true, secretName: 'shop', deliveryId: HEADERS['paypal-transmission-id'] });
  });

  it('knows a call by what is signed, since a body can be made to fit its checksum', async () => {
    const forged = withChecksum('{"id":"WH-2","event_type":"PAYMENT.SALE.COMPLETED"}', crc32(Buffer.from(BODY)));
    expect(crc32(forged)).toBe(crc32(Buffer.from(BODY)));
    const result = await accepted('paypal', event({ request: { rawBody: forged, headers: HEADERS } }));
    expect(result.deliveryId).toBe(HEADERS['paypal-transmission-id']);
  });

  it('has the checksum of zlib', () => {
    // The check value of CRC-32/ISO-HDLC, https://reveng.sourceforge.io/crc-catalogue/17plus.htm
    expect(crc32(Buffer.from('123456789'))).toBe(0xcbf43926);
    expect(crc32(Buffer.alloc(0))).toBe(0);
  });

  it('takes either of two webhook ids', async () => {
    await accepted('paypal', event({ secrets: ['8PT597110X687430L', WEBHOOK_ID] }));
  });

  it('fetches the certificate once', async () => {
    const outbound = tableOutbound({ [CERTIFICATE_URL]: CERTIFICATE });
    await accepted('paypal', event({ outbound }));
    await accepted('paypal', event({ outbound, now: SENT_AT + 60 }));
    expect(outbound.calls).toEqual([CERTIFICATE_URL]);
  });

  it.each([
    'http://api.paypal.com/v1/notifications/certs/CERT-1',
    'https://api.paypal.com.evil.com/v1/notifications/certs/CERT-1',
    'https://evil.com/v1/notifications/certs/CERT-1',
    'https://evilpaypal.com/v1/notifications/certs/CERT-1',
    'https://api.paypal.com@evil.com/v1/notifications/certs/CERT-1',
    'https://api.paypal.com:444/v1/notifications/certs/CERT-1',
    'https://api.paypal.com/v1/notifications/certs/../../other',
    'https://api.paypal.com/v1/notifications/certs/CERT-1?x',
    'https://www.paypal.com/v1/notifications/certs/CERT-1',
    'x',
  ])('does not fetch a certificate from %s', async (url) => {
    const outbound = tableOutbound({ [url]: CERTIFICATE });
    const given = { ...withHeaders({ 'paypal-cert-url': url }), outbound };
    expect(await refused('paypal', given)).toContain("service's own hosts");
    expect(outbound.calls).toEqual([]);
  });

  it("refuses a certificate that is valid, but not for PayPal's messages", async () => {
    const content = `t|2015-05-18T15:45:13Z|${WEBHOOK_ID}|${crc32(Buffer.from(BODY))}`;
    const signature = createSign('sha256').update(content).sign(SIGNING_KEY, 'base64');
    const given = withHeaders({ 'paypal-transmission-id': 't', 'paypal-transmission-sig': signature });
    const now = Date.parse('2030-01-01') / 1000;
    const outbound = tableOutbound({ [CERTIFICATE_URL]: FOREIGN_CERTIFICATE });
    expect(await refused('paypal', { ...given, outbound, now, tolerance: 0 })).toContain('not one of the messages');
  });

  it.each<[string, Attempt]>([
    ['a changed byte', event({ request: { rawBody: BODY.replace('20.00', '20.01'), headers: HEADERS } })],
    ['a changed id', withHeaders({ 'paypal-transmission-id': 'x' })],
    ['a changed time', withHeaders({ 'paypal-transmission-time': '2015-05-18T15:45:14Z' })],
    [
      'a changed signature',
      withHeaders({ 'paypal-transmission-sig': changed(HEADERS['paypal-transmission-sig'] ?? '') }),
    ],
    ['a malformed signature', withHeaders({ 'paypal-transmission-sig': '!' })],
    ['a doubled signature', withHeaders({ 'paypal-transmission-sig': ['a', 'b'] })],
    ['a missing id', withHeaders({ 'paypal-transmission-id': undefined })],
    ['another algorithm', withHeaders({ 'paypal-auth-algo': 'SHA1withRSA' })],
    ['another webhook id', event({ secrets: ['8PT597110X687430L'] })],
    ['an empty webhook id', event({ secrets: [''] })],
    ['no webhook id', event({ secrets: [] })],
    ['an old event', event({ now: SENT_AT + 3 * 86_400 + 1 })],
    ['an event ahead of time', event({ now: SENT_AT - 3 * 86_400 - 1 })],
    ['an expired certificate', event({ now: Date.parse('2017-03-23') / 1000, tolerance: 0 })],
    ['a certificate that can not be had', event({ outbound: tableOutbound({}) })],
    ['a certificate that is none', event({ outbound: tableOutbound({ [CERTIFICATE_URL]: '<html>' }) })],
  ])('refuses %s', async (_what, given) => {
    expect((await attempt('paypal', given)).ok).toBe(false);
  });
});
