import Ajv from 'ajv';
import Ajv2020 from 'ajv/dist/2020';
import type { default as AjvCore, Options } from 'ajv/dist/core';
import addFormats from 'ajv-formats';
import { fullFormats } from 'ajv-formats/dist/formats';
import type { JsonSchema } from '../../common/config';

/** The two dialects, by what `$schema` says; null: another one. */
export function dialectOf({ $schema }: JsonSchema): 'draft-07' | '2020-12' | null {
  if ($schema === undefined || /^https?:\/\/json-schema\.org\/draft\/2020-12\/schema#?$/.test(String($schema))) {
    return '2020-12';
  }
  return /^https?:\/\/json-schema\.org\/draft-07\/schema#?$/.test(String($schema)) ? 'draft-07' : null;
}

/** `$anchor`, which Ajv resolves and yet doesn't list; and OpenAPI's annotations, which tell a validator nothing. */
const MORE_KEYWORDS = ['$anchor', 'example', 'externalDocs', 'xml'];

/** Characters of a text that may be a regular expression. */
const MAX_REGEX = 10_000;

/** Characters of a text that may be a time: they are split at every place where its parts may end. */
const MAX_TIME = 100;
const TIMES = ['time', 'date-time', 'iso-time', 'iso-date-time'] as const;

/** A format with a validator, and an order of its values. */
interface OrderedFormat {
  validate(text: string): boolean;
  compare(one: string, other: string): number | undefined;
}

/** A validator of the dialect, with formats; unknown keywords and formats are refused, as typing errors would be. */
export function createAjv(dialect: 'draft-07' | '2020-12', options: Options = {}): AjvCore {
  const Dialect = dialect === 'draft-07' ? Ajv : Ajv2020;
  const ajv = new Dialect({
    strict: true,
    strictTypes: false,
    strictTuples: false,
    strictRequired: false,
    allowUnionTypes: true,
    ownProperties: true,
    logger: false,
    ...options,
  });
  addFormats(ajv);
  // The one format whose regular expression takes quadratic time: 4.5 s for 100,000 characters.
  ajv.addFormat('url', (text: string) => /^(https?|ftp):\/\//i.test(text) && URL.canParse(text));
  // To see whether a text is a regular expression it is compiled: 100 ms for a megabyte.
  const isRegExp = fullFormats.regex as (text: string) => boolean;
  ajv.addFormat('regex', (text: string) => text.length <= MAX_REGEX && isRegExp(text));
  for (const name of TIMES) {
    const { validate, compare } = fullFormats[name] as OrderedFormat;
    const isShort = (text: string) => text.length <= MAX_TIME;
    ajv.addFormat(name, {
      validate: (text: string) => isShort(text) && validate(text),
      compare: (one: string, other: string) => (isShort(one) ? compare(one, other) : undefined),
    });
  }
  ajv.addVocabulary(MORE_KEYWORDS);
  return ajv;
}
