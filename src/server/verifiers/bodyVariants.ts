/** A body as it may have been when it was signed, and what then happened to it. */
export interface BodyVariant {
  body: Buffer;
  /** A sentence. */
  accident: string;
}

const RESERIALISED = 'its JSON was re-serialised.';

/** What usually happens to a body on its way, undone: line ends, and JSON that was read and written again. */
export function bodyVariants(received: Buffer): BodyVariant[] {
  const text = received.toString('utf8');
  const lines = [`${text}\n`, `${text}\r\n`, text.replace(/(\r?\n)+$/, ''), text.replace(/\r\n/g, '\n')];
  const variants = [
    ...lines.map((body) => ({ body, accident: 'line breaks were added or removed.' })),
    { body: text.replace(/\r?\n/g, '\r\n'), accident: 'line breaks were added or removed.' },
    ...jsonForms(text).map((body) => ({ body, accident: RESERIALISED })),
    ...(text.startsWith('\uFEFF')
      ? [{ body: text.slice(1), accident: 'a byte order mark was added.' }]
      : [{ body: `\uFEFF${text}`, accident: 'a byte order mark was removed.' }]),
  ];
  return variants
    .filter(({ body }) => body !== text)
    .map(({ body, accident }) => ({ body: Buffer.from(body, 'utf8'), accident }));
}

/** The same JSON as the encoders of several languages write it. */
function jsonForms(text: string): string[] {
  try {
    const value: unknown = JSON.parse(text);
    const compact = JSON.stringify(value);
    const spaced = JSON.stringify(value, null, 1)
      .replace(/\n */g, ' ')
      .replace(/([[{]) /g, '$1')
      .replace(/ ([\]}])/g, '$1');
    return [compact, JSON.stringify(value, null, 2), JSON.stringify(value, null, 4), spaced].flatMap((form) => [
      form,
      escapeUnicode(form),
      form.replaceAll('/', '\\/'),
      escapeUnicode(form).replaceAll('/', '\\/'),
    ]);
  } catch {
    return [];
  }
}

/** Characters beyond ASCII as Python and PHP write them by default. */
function escapeUnicode(text: string): string {
  return text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
