import { SaxesParser } from 'saxes';

/** An envelope nests little; what is deeper is none. */
const MAX_DEPTH = 50;

/**
 * The texts of the elements right below the root of an XML document, by name.
 * Null if it isn't well-formed, declares a document type, or nests too deep.
 */
export function readXmlFields(xml: string): Map<string, string[]> | null {
  const fields = new Map<string, string[]>();
  const parser = new SaxesParser();
  let depth = 0;
  let text = '';
  const append = (chunk: string): void => {
    text += depth === 2 ? chunk : '';
  };
  // Left at once: whoever sends it isn't verified yet, and a parser that goes on finds an error in every other byte.
  const refuse = (): never => {
    throw new Error('This is not XML as an envelope is.');
  };
  parser.on('error', refuse);
  parser.on('doctype', refuse);
  parser.on('opentag', () => {
    depth += 1;
    if (depth > MAX_DEPTH) {
      refuse();
    }
    text = depth === 2 ? '' : text;
  });
  parser.on('text', append);
  parser.on('cdata', append);
  parser.on('closetag', ({ name }) => {
    if (depth === 2) {
      fields.set(name, [...(fields.get(name) ?? []), text]);
    }
    depth -= 1;
  });
  try {
    parser.write(xml).close();
    return fields;
  } catch {
    return null;
  }
}

/** The text of a field that is there exactly once. */
export function singleField(fields: Map<string, string[]>, name: string): string | null {
  const values = fields.get(name) ?? [];
  return values.length === 1 ? (values[0] ?? null) : null;
}
