import type { ReasonValues } from '../../common/reasons/reason';
import { nestsDeeper } from '../boundedJson';

/** A body as it may have been when it was signed, and what then happened to it. */
export interface BodyVariant {
  body: Buffer;
  accident: Accident;
}

/** As the catalogue of reasons calls them. */
type Accident = ReasonValues<'BODY_CHANGED'>['detail'];

/** JSON that nests deeper is not written anew: with its indentation it would be many times as long. */
const MAX_DEPTH = 20;

/** Longest variant, as a multiple of what was received: indented JSON is some three times as long. */
const MAX_GROWTH = 4;

/**
 * What usually happens to a body on its way, undone: line ends, and JSON that was read and written again.
 * Anybody's body comes here, so that the work has to stay in proportion to its length.
 */
export function bodyVariants(received: Buffer): BodyVariant[] {
  const text = received.toString('utf8');
  const lines = [`${text}\n`, `${text}\r\n`, withoutLineEnd(text), text.replace(/\r\n/g, '\n')];
  const variants = [
    ...lines.map((body) => ({ body, accident: 'lineBreaks' as const })),
    { body: text.replace(/\r?\n/g, '\r\n'), accident: 'lineBreaks' as const },
    ...jsonForms(text).map((body) => ({ body, accident: 'json' as const })),
    ...(text.startsWith('\uFEFF')
      ? [{ body: text.slice(1), accident: 'markAdded' as const }]
      : [{ body: `\uFEFF${text}`, accident: 'markRemoved' as const }]),
  ];
  return variants
    .filter(({ body }) => body !== text && body.length <= MAX_GROWTH * text.length)
    .map(({ body, accident }) => ({ body: Buffer.from(body, 'utf8'), accident }));
}

/** A regular expression would try again from every line break in the text. */
function withoutLineEnd(text: string): string {
  let end = text.length;
  while (text[end - 1] === '\n' || text[end - 1] === '\r') {
    end -= 1;
  }
  return text.slice(0, end);
}

/** The same JSON as the encoders of several languages write it. */
function jsonForms(text: string): string[] {
  if (nestsDeeper(text, MAX_DEPTH)) {
    return [];
  }
  try {
    const value: unknown = JSON.parse(text);
    const compact = JSON.stringify(value);
    const indented = JSON.stringify(value, null, 1);
    if (indented.length > MAX_GROWTH * text.length) {
      return writings([compact]);
    }
    const spaced = indented
      .replace(/\n */g, ' ')
      .replace(/([[{]) /g, '$1')
      .replace(/ ([\]}])/g, '$1');
    return writings([compact, JSON.stringify(value, null, 2), JSON.stringify(value, null, 4), spaced]);
  } catch {
    return [];
  }
}

/** Each of these, with what encoders escape and what they leave. */
function writings(forms: readonly string[]): string[] {
  const ascii = new Set(forms.flatMap((form) => [form, escapeUnicode(form)]));
  return [...new Set([...ascii].flatMap((form) => [form, form.replaceAll('/', '\\/')]))];
}

/** Characters beyond ASCII as Python and PHP write them by default. */
function escapeUnicode(text: string): string {
  return text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
