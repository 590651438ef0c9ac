import { filled, MEGABYTE, short, times } from './fill';

const inside = { before: '<x>', after: '</x>' };

/** XML of a megabyte that takes as long as it can. */
export const WORST_XML: Readonly<Record<string, () => string>> = {
  'empty elements': () => filled('<a></a>', inside),
  'elements with text': () => filled('a<b>ccccccccc</b>', inside),
  'many names': () => filled((n) => `<a${short(n % 990)}/>aaaa`, inside),
  'names of their own': () => filled((n) => `<a${short(n)}/>`, inside),
  attributes: () => filled('<a b="" c="" d=""/>', inside),
  'a hundred attributes': () => filled(`<a ${times(99, (n) => `b${n}="aaaa"`).join(' ')}/>`, inside),
  'one element of attributes': () => `<x ${times(80_000, (n) => `a${n}=""`).join(' ')}/>`,
  levels: () => filled(`${'<a>'.repeat(28)}text${'</a>'.repeat(28)}`, inside),
  'as many levels as are taken': () => filled(`${'<a>'.repeat(28)}${'b'.repeat(240)}${'</a>'.repeat(28)}`, inside),
  'levels without end': () => '<a>'.repeat(MEGABYTE / 3),
  'line ends': () => filled('\r', inside),
  'line ends in an attribute': () => `<x a="${'a\n'.repeat(MEGABYTE / 2 - 8)}"/>`,
  references: () => filled('&#65;', inside),
  'sections of text': () => filled('<![CDATA[]]>', inside),
  comments: () => filled('<!---->', inside),
  instructions: () => filled('<?a?>', inside),
  'an envelope with a long text': () => `<xml><Encrypt><![CDATA[${'A'.repeat(MEGABYTE - 60)}]]></Encrypt></xml>`,
};

const BOUNDARY = 'worst-boundary';
export const MULTIPART_TYPE = `multipart/form-data; boundary=${BOUNDARY}`;
const end = { after: `--${BOUNDARY}--\r\n` };
const part = (headers: string, content = ''): string => `--${BOUNDARY}\r\n${headers}\r\n\r\n${content}\r\n`;
const encodedAs = (encoding: string): string => `Content-Transfer-Encoding: ${encoding}`;
/** What is left for one part's content. */
const NEARLY_ALL = MEGABYTE - 400;
const disposition = 'Content-Disposition: form-data; name=';

/** Forms with files of a megabyte that take as long as they can. */
export const WORST_MULTIPART: Readonly<Record<string, () => string>> = {
  fields: () => filled((n) => part(`${disposition}"a${n}"`, 'x'), end),
  'nested fields': () => times(1_990, (n) => part(`${disposition}"a${'[b]'.repeat(9)}[${n}]"`)).join('') + end.after,
  'long names': () => times(1_000, (n) => part(`${disposition}"${'a'.repeat(900)}${n}"`)).join('') + end.after,
  'parts without headers': () => filled(`--${BOUNDARY}\r\n\r\n\r\n`, end),
  'parts without a name': () => filled(part('X: y'), end),
  'headers alone': () => part('a: b\r\n'.repeat(MEGABYTE / 6 - 20)) + end.after,
  parameters: () => filled(part(`${disposition}a${'; a=b'.repeat(3_000)}`), end),
  'quoted characters': () => filled(part(`${disposition}"${'\\"'.repeat(400)}"`), end),
  files: () => filled(part(`${disposition}"a"; filename="b"`), end),
  'long file names': () => filled(part(`${disposition}"a"; filename="${'.'.repeat(12_000)}"`, 'x'), end),
  'beginnings of boundaries': () =>
    part(`${disposition}"a"`, `\r\n--${BOUNDARY.slice(0, -1)}`.repeat(45_000)) + end.after,
  'blanks in base64': () =>
    part(`${disposition}"a"\r\n${encodedAs('base64')}`, `${' '.repeat(NEARLY_ALL)}!`) + end.after,
  'padding in base64': () =>
    part(`${disposition}"a"\r\n${encodedAs('base64')}`, '= '.repeat(NEARLY_ALL / 2)) + end.after,
  'soft line breaks that are none': () =>
    part(`${disposition}"a"\r\n${encodedAs('quoted-printable')}`, `=${' '.repeat(50)}`.repeat(NEARLY_ALL / 51)) +
    end.after,
  'dashes alone': () => '-'.repeat(MEGABYTE),
};
