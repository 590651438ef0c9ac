import { sharedHost } from '../support/hosts';
import { exchange, head } from '../support/rawHttp';
import { createWebhook, waitFor } from '../support/workflows';
import { told } from '../support/reasons';

// Bodies of which a part could go missing, be merged or be misread: read whole, or refused as a whole with what is wrong.

const host = sharedHost('postgres');
const { api } = host;

const FORM = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data; boundary=XX';
const JSON_TYPE = 'application/json';
const CHARSETS = '{"subject":"UTF-8","text":"iso-2022-jp"}';

/** Answers with the whole `$context`, so that a test sees what the workflow sees. */
const ECHO = { status: 200, contentType: 'application/json', headers: [], body: '{{$context}}' };

/** `¶` is a line break, `P(a)` the disposition of a field, any other character a byte. */
const bytes = (text: string) =>
  Buffer.from(
    text.replaceAll('¶', '\r\n').replace(/P\((\w+)\)/g, 'Content-Disposition: form-data; name="$1"'),
    'latin1',
  );
const TWO = '--XX¶P(a)¶¶1¶--XX¶P(b)¶¶2¶--XX--¶';
const AS_BYTES = (body: string) => ({
  base64: bytes(body).toString('base64'),
  contentType: '',
  size: bytes(body).length,
});

async function send(key: string, types: readonly string[], body: Buffer) {
  const start = head('POST', host.webhook(key), { 'content-length': body.length, connection: 'close' });
  const lines = types.map((type) => `Content-Type: ${type}\r\n`).join('');
  const { answers } = await exchange(host.webhook(key), [`${start.slice(0, -2)}${lines}\r\n`, body], 15_000);
  return {
    status: answers[0]?.status,
    answer: JSON.parse(Buffer.from(answers[0]?.body ?? '', 'latin1').toString()) as {
      data?: unknown;
      errors?: { code: string }[];
    },
  };
}

interface Delivery {
  status: string;
  reason: string | null;
}

const deliveryOf = (key: string) =>
  waitFor(`a delivery of ${key}`, 20_000, async () => {
    const [latest] = await api
      .get<Delivery[]>('webhookDeliveries:list', {
        filter: JSON.stringify({ key }),
        sort: '-id',
      })
      .then(told);
    return latest && !['received', 'started'].includes(latest.status) ? latest : false;
  });

it.each<[string, string | string[], string, number, RegExp]>([
  ['CR alone at the ends of lines', MULTIPART, TWO.replaceAll('¶', '\r'), 400, /no delimiter with the boundary/],
  ['two CRs at the ends of lines', MULTIPART, TWO.replaceAll('¶', '\r\r\n'), 400, /before its first delimiter/],
  ['no first delimiter', MULTIPART, TWO.slice(5), 400, /before its first delimiter/],
  ['fields and nothing but an end', MULTIPART, 'P(a)¶¶1¶--XX--¶', 400, /before its first delimiter/],
  ['a part behind the end', MULTIPART, `${TWO}P(c)¶¶3`, 400, /behind its closing delimiter/],
  ['a delimiter with a semicolon', MULTIPART, TWO.replace('1¶--XX', '1¶--XX;'), 400, /Part 1 .*: --XX;/],
  ['a delimiter within a line', MULTIPART, '--XX¶P(a)¶¶1--XX¶¶2¶--XX--', 400, /Part 1 .* within a line/],
  [
    'what may be a delimiter within a line',
    MULTIPART,
    '--XX¶P(a)¶¶see --XX¶Content-Type: text/plain¶¶more¶--XX--',
    400,
    /Part 1 .* within a line/,
  ],
  ['more dashes than are declared', MULTIPART, TWO.replaceAll('--XX', '----XX'), 400, /no delimiter/],
  ['no empty line behind headers', MULTIPART, '--XX¶P(u)¶http://x/y¶--XX--', 400, /Part 1 .*: http:\/\/x\/y/],
  ['two dispositions', MULTIPART, '--XX¶P(a)¶P(b)¶¶1¶--XX--', 400, /Part 1 .* twice .*name="b/],
  [
    'a charset that is not known, of a part',
    MULTIPART,
    '--XX¶P(a)¶Content-Type: text/plain; charset=hz-gb-2312¶¶~{<:Ky~}¶--XX--',
    400,
    /Part 1 .*charset=hz-gb-2312/,
  ],
  [
    'a charset that is not known, of a field of SendGrid’s',
    MULTIPART,
    '--XX¶P(text)¶¶\xe9¶--XX¶P(charsets)¶¶{"text":"x-klingon"}¶--XX--',
    400,
    /Part 1 .*charsets: .*x-klingon/,
  ],
  ['a charset that is not known, of a form', FORM, 'charset=klingon&n=%E9', 400, /charset "charset: klingon"/],
  [
    'a charset that is not known, of multipart',
    `${MULTIPART}; charset=klingon`,
    '--XX¶P(a)¶¶\xe9¶--XX--',
    400,
    /Part 1/,
  ],
  ['names in JSON that become one', JSON_TYPE, '{"\\ud800":1,"\\ud801":2}', 400, /Two names .*: �/],
  ['names of bytes that become one', JSON_TYPE, '{"\xe9":1,"\xe8":2}', 400, /Two names .*: �/],
  ['names in XML that become one', 'text/xml', '<r><s:id>1</s:id><s_id>2</s_id></r>', 400, /Two names .*: s:id, s_id/],
  ['two content types', ['text/plain', 'application/xml'], '<a>1</a>', 415, /several types/],
  ['multipart that says it is a form', FORM, TWO, 400, /is multipart/],
])('refuses %s', async (_what, types, body, status, reason) => {
  const { key } = await createWebhook(api, { response: ECHO }, { sync: true });
  const answered = await send(key, [types].flat(), bytes(body));
  const code = status === 400 ? 'BODY_MALFORMED' : 'TYPE_NOT_SUPPORTED';
  expect(answered).toMatchObject({ status, answer: { errors: [{ code }] } });
  const delivery = await deliveryOf(key);
  expect(delivery.status).toBe('rejected');
  expect(delivery.reason).toMatch(reason);
});

it.each<[string, string[], string, unknown]>([
  ['a remark around the parts', [MULTIPART], `This is a multi-part message in MIME format.¶${TWO}`, { a: '1', b: '2' }],
  ['no line break before any delimiter', [MULTIPART], '--XX¶P(a)¶¶1--XX¶P(b)¶¶2--XX--¶', { a: '1', b: '2' }],
  [
    'ISO-2022-JP by SendGrid',
    [MULTIPART],
    `--XX¶P(text)¶¶\x1b$B$3$s\x1b(B¶--XX¶P(charsets)¶¶${CHARSETS}¶--XX--`,
    { text: 'こん', charsets: CHARSETS },
  ],
  [
    'ISO-2022-JP by a part',
    [MULTIPART],
    '--XX¶P(a)¶Content-Type: text/plain; charset=iso-2022-jp¶¶\x1b$B$3$s\x1b(B¶--XX--',
    { a: 'こん' },
  ],
  [
    'ISO-2022-JP by a form',
    [FORM],
    'charset=iso-2022-jp&n=%1B%24B%243%24s%1B%28B',
    { charset: 'iso-2022-jp', n: 'こん' },
  ],
  ['ISO-2022-JP by the content type', ['text/plain; charset=iso-2022-jp'], '\x1b$B$3$s\x1b(B', 'こん'],
  [
    'a name that looks escaped twice',
    [MULTIPART],
    "--XX¶Content-Disposition: form-data; name*=UTF-8''a%2522¶¶1¶--XX--",
    { 'a%22': '1' },
  ],
  ['half a unit of UTF-16, without a type', [], '\xff\xfeA\0B', AS_BYTES('\xff\xfeA\0B')],
  ['a type twice', ['text/xml', 'text/xml'], '<a><b/><![CDATA[ x ]]></a>', { a: { b: '', $text: ' x ' } }],
])('reads %s', async (_what, types, body, data) => {
  const { key } = await createWebhook(api, { response: ECHO }, { sync: true });
  const { status, answer } = await send(key, types, bytes(body));
  expect({ status, data: answer.data }).toEqual({ status: 200, data });
  expect(await deliveryOf(key)).toMatchObject({ status: 'succeeded' });
});
