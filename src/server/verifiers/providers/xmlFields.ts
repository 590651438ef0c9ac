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
  let valid = true;
  let text = '';
  const append = (chunk: string): void => {
    text += depth === 2 ? chunk : '';
  };
  parser.on('error', () => {
    valid = false;
  });
  parser.on('doctype', () => {
    valid = false;
  });
  parser.on('opentag', () => {
    depth += 1;
    valid &&= depth <= MAX_DEPTH;
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
  parser.write(xml).close();
  return valid ? fields : null;
}

/** The text of a field that is there exactly once. */
export function singleField(fields: Map<string, string[]>, name: string): string | null {
  const values = fields.get(name) ?? [];
  return values.length === 1 ? (values[0] ?? null) : null;
}
