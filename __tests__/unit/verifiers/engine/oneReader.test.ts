import { form, parseQuery } from '../../../../src/server/parsers/form';
import { readMediaType } from '../../../../src/server/parsers/mediaType';
import { nestFields } from '../../../../src/server/parsers/fields/nestFields';
import { readFormFields, readQuery, type FormFields } from '../../../../src/server/verifiers/formFields';
import { Random } from '../../../../scripts/fuzz/Random';
import { RULES } from '../../server/parsers/support';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** What forms are made of, and what readers of them differ in. */
const PIECES = '? ?? & && = == + %2B %26 %3D %3F % %4 %zz %C3%A9 %C3 %A9 é 中 \ufeff %EF%BB%BF [ ] [] [b] # ; a b c 1 0'
  .split(' ')
  .concat(' ', '\t', '\r\n', '%5B', '%5D');

const made = (random: Random): string => Array.from({ length: random.int(1, 12) }, () => random.pick(PIECES)).join('');

const nested = (fields: FormFields | null) => (fields ? nestFields(fields) : 'refused');

/** What the workflow would get; what it refuses, nothing is verified of either. */
function unlessRefused(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return null;
  }
}

it('reads the fields of a form and of a query as the workflow does', () => {
  const random = new Random(7);
  for (let round = 0; round < 4_000; round += 1) {
    const text = made(random);
    const rawBody = Buffer.from(text, random.chance(0.5) ? 'utf8' : 'latin1');
    const run = unlessRefused(() => form(rawBody, readMediaType(FORM['content-type']), RULES).data);
    const signedForm = unlessRefused(() => nested(readFormFields({ headers: FORM, rawBody })));
    expect({ text, form: signedForm }).toEqual({ text, form: run });
    const search = rawBody.toString('latin1');
    const query = unlessRefused(() => parseQuery(search));
    const signedQuery = unlessRefused(() => nested(readQuery(`https://a.example/x?${search}`)));
    expect({ text, query: signedQuery }).toEqual({ text, query });
  }
});

it.each<[string, FormFields]>([
  ['?a=1', [['?a', '1']]],
  ['\ufeffa=1', [['a', '1']]],
  [
    'a=1&&b',
    [
      ['a', '1'],
      ['b', ''],
    ],
  ],
  [
    'a+b=%2B&=x',
    [
      ['a b', '+'],
      ['', 'x'],
    ],
  ],
])('reads %j', (text, fields) => {
  expect(readFormFields({ headers: FORM, rawBody: Buffer.from(text) })).toEqual(fields);
});
