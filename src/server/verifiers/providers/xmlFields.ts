import { SaxesParser } from 'saxes';
import { withLineFeeds } from '../../units';

/** An envelope nests little; what is deeper is none. */
const MAX_DEPTH = 50;

/** Elements and attributes, at any level: an envelope has some four, the longest message that is in one a few hundred. */
const MAX_NODES = 5_000;

/** Lines: base64 in lines of 76 characters, a megabyte of it, has fewer. */
const MAX_LINES = 20_000;

/**
 * The texts of the elements right below the root of an XML document, by name.
 * Null if it isn't well-formed, declares a document type, nests too deep, or has too many elements, attributes or lines.
 */
export function readXmlFields(xml: string): Map<string, string[]> | null {
  // The parser begins anew at each.
  if (hasMoreLines(xml, MAX_LINES)) {
    return null;
  }
  const fields = new Map<string, string[]>();
  const parser = new SaxesParser();
  let depth = 0;
  let nodes = 0;
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
  const count = (): void => {
    nodes += 1;
    if (nodes > MAX_NODES) {
      refuse();
    }
  };
  parser.on('attribute', count);
  parser.on('opentag', () => {
    count();
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
      const texts = fields.get(name);
      if (texts) {
        texts.push(text);
      } else {
        fields.set(name, [text]);
      }
    }
    depth -= 1;
  });
  try {
    // Done by the parser as well, but with a copy for each line.
    parser.write(withLineFeeds(xml)).close();
    return fields;
  } catch {
    return null;
  }
}

function hasMoreLines(text: string, limit: number): boolean {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0 && lines <= limit; at = text.indexOf('\n', at + 1)) {
    lines += 1;
  }
  return lines > limit;
}

/** The text of a field that is there exactly once. */
export function singleField(fields: Map<string, string[]>, name: string): string | null {
  const values = fields.get(name) ?? [];
  return values.length === 1 ? (values[0] ?? null) : null;
}
