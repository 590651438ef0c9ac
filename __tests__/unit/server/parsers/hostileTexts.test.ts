import { normalizePath } from '../../../../src/common/path';
import { timeUnit } from '../../../../src/common/timeUnits';
import { parseBody } from '../../../../src/server/parsers';
import { fieldPath } from '../../../../src/server/parsers/fields/nestFields';
import { findMediaType } from '../../../../src/server/parsers/mediaType';
import { readParameters, withoutEncodedWords } from '../../../../src/server/parsers/multipart/parameters';
import { transferDecoded } from '../../../../src/server/parsers/multipart/transferEncoding';
import { readPublicKeys } from '../../../../src/server/verifiers/jwtKeys';
import { signatureBase, takenApart } from '../../../../src/server/verifiers/providers/signatureBase';
import { growth, LINEAR } from '../../../support/cpuTime';
import { RULES } from './support';

/** Longer than any text of a request's head, and as long as a text in a body may be. */
const [HEAD, BODY] = [16_000, 250_000];

type Row = [grammar: string, unit: string, after: string, length: number, read: (text: string) => unknown];

const encoded = (encoding: string) => (text: string) => transferDecoded(Buffer.from(text, 'latin1'), encoding);
const part = (text: string) =>
  parseBody(
    Buffer.from(
      `--b\r\nContent-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64\r\n\r\n${text}\r\n--b--`,
    ),
    'multipart/form-data; boundary=b',
    RULES,
  );
const base = (url: string) =>
  signatureBase({ method: 'GET', url, headers: {} }, [[['@path', new Map()]], new Map()], takenApart());

// What a pattern that tries again from each place, or in each way, takes the longest for: a text that nearly fits.
const ROWS: Row[] = [
  ['base64', ' ', '!', BODY, encoded('base64')],
  ['base64', 'A', '!', BODY, encoded('base64')],
  ['base64', '= ', '', BODY, encoded('base64')],
  ['base64', '\r\n', '=!', BODY, encoded('base64')],
  ['quoted-printable', `=${' '.repeat(60)}`, 'x', BODY, encoded('quoted-printable')],
  ['quoted-printable', '=', '', BODY, encoded('quoted-printable')],
  ['a part of a form', ' ', '!', BODY, part],
  ['the name of a field', '[', ']', BODY, (text) => fieldPath(`a${text}`)],
  ['the name of a field', '[a]', '[]', BODY, (text) => fieldPath(`a${text}`)],
  ['the name of a field', 'a', '[]]', BODY, fieldPath],
  ['a content type', ' ', 'x', HEAD, (text) => findMediaType(`text/plain;${text}`)],
  ['a content type', '; a="\\', '', HEAD, (text) => findMediaType(`text/plain${text}`)],
  ['parameters', ' ', 'x', HEAD, (text) => readParameters(`form-data;${text}`)],
  ['parameters', '"\\', '', HEAD, (text) => readParameters(`form-data; name=${text}`)],
  ['encoded words', '=?', '\n', HEAD, withoutEncodedWords],
  ['encoded words', '*', '\n?q?a?=', HEAD, (text) => withoutEncodedWords(`=?x${text}`)],
  ['a time', '0', '!', HEAD, (text) => timeUnit('rfc3339').parse(`2026-01-01T00:00:00.${text}`)],
  ['a time', '1', '!', HEAD, timeUnit('s').parse],
  ['a URL', 'a', '#', HEAD, (text) => base(`http://${text}`)],
  ['a URL', '/', '#', HEAD, (text) => base(`http://a${text}`)],
  ['a path', '/', 'x', HEAD, normalizePath],
  ['a key', ' ', '!', HEAD, (text) => readPublicKeys(`-----BEGIN PUBLIC KEY-----${text}`)],
];

it.each(ROWS)('%s: %j again and again, then %j, takes four times as long for four times as much', (...row) => {
  const [, unit, after, length, read] = row;
  const texts = new Map([length, 4 * length].map((size) => [size, unit.repeat(size / unit.length) + after]));
  const work = (size: number) => {
    try {
      read(texts.get(size) ?? '');
    } catch {
      // Refused is as good as read.
    }
  };
  expect(growth(work, length)).toBeLessThan(LINEAR);
});
