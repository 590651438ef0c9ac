import { SaxesParser } from 'saxes';

/** An envelope has a handful of fields, one level deep; what is deeper or longer is none. */
const MAX_DEPTH = 20;

/**
 * The text of each element right below the root of an XML document, by name.
 * Null if it isn't well-formed, declares a document type, nests too deep, or names a field twice.
 */
export function readXmlFields(xml: string): Map<string, string> | null {
  const fields = new Map<string, string>();
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
      valid &&= !fields.has(name);
      fields.set(name, text);
    }
    depth -= 1;
  });
  parser.write(xml).close();
  return valid ? fields : null;
}
