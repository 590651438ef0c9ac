import { SaxesParser, type SaxesAttributePlain } from 'saxes';
import { setOwn } from '../setOwn';
import { withLineFeeds } from '../units';
import { decodeText, extendsAscii, findCharset } from './charset';
import type { Parser } from './types';
import { refuse, XmlNames, type NamedFields } from './xmlNames';

const MAX_DEPTH = 100;
const MAX_ATTRIBUTES = 100;

/** Elements and attributes in any document, and one more for so many characters; and elements that hold others of these. */
const NODES = { base: 20_000, characters: 8 };
const PARENTS = { base: 20_000, characters: 16 };

/** Holds an element's text where it has attributes or child elements too. No XML name starts with `$`. */
const TEXT_KEY = '$text';

/** `encoding` of an XML declaration. */
const DECLARED_ENCODING = /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/;

/** An element that is not closed yet. */
interface Element extends NamedFields {
  name: string;
  key: string;
  attributes: number;
  hasChildren: boolean;
  text: string;
  /** Where CDATA begins and ends in the text; -1: there is none. */
  dataStart: number;
  dataEnd: number;
}

/**
 * XML as JSON. The root is the one key of an object; an element is its text, or an object with attributes as
 * `@name`, child elements by name (several of one name: a list) and text as `$text`. The colon of a prefix is
 * written `_`, since variables in NocoBase's templates can't hold one. Comments and instructions are left out.
 * No DTD is loaded or read, no entities beyond the five and characters by number, bounded depth.
 */
export const xml: Parser = (body, { charset }) => ({
  data: parseXml(decodeText(body, charsetOfXml(body, charset))),
});

/** The declared charset, unless the bytes are those of another; else the one that the document names. */
export function charsetOfXml(body: Buffer, declared: string | undefined): string | undefined {
  const isWide = declared !== undefined && !extendsAscii(declared);
  return declared === undefined || (isWide && isNarrow(body)) ? encodingOf(body) : declared;
}

/** Whether a document begins as it does in UTF-8 and all that extends ASCII. */
function isNarrow(body: Buffer): boolean {
  return (body[0] === 0x3c && body[1] !== 0) || hasUtf8Mark(body);
}

function hasUtf8Mark([first, second, third]: Buffer): boolean {
  return first === 0xef && second === 0xbb && third === 0xbf;
}

/** The charset that an XML document names in itself (XML 1.0 appendix F); undefined: UTF-8. */
export function encodingOf(body: Buffer): string | undefined {
  const [first = 0, second = 0] = body;
  if (hasUtf8Mark(body)) {
    return undefined;
  }
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) {
    return 'utf-16le';
  }
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) {
    return 'utf-16be';
  }
  const declared = DECLARED_ENCODING.exec(body.toString('latin1', 0, 200))?.[1];
  // Its bytes could be read so far: it isn't in UTF-16, whatever .NET writes into a text that it encodes later.
  return declared !== undefined && findCharset(declared) && !extendsAscii(declared) ? undefined : declared;
}

function parseXml(text: string): Record<string, unknown> {
  const document = open('', '');
  const path = [document];
  const current = (): Element => path.at(-1) ?? document;
  const names = new XmlNames();
  const place = (element: Element, name: string, key: string, value: unknown): void => {
    parents += element.fields ? 0 : 1;
    if (parents > PARENTS.base + text.length / PARENTS.characters) {
      refuse('the XML has too many elements with others in them for its length');
    }
    names.check(element, name, key);
    add(element, key, value);
  };
  let nodes = 0;
  let parents = 0;
  // Called for every element and attribute.
  const keyOf = (name: string): string => {
    nodes += 1;
    if (nodes > NODES.base + text.length / NODES.characters) {
      refuse('the XML has too many elements and attributes for its length');
    }
    return names.keyOf(name);
  };
  // Thrown from a handler, an error ends the parse there and then.
  const parser = new SaxesParser();
  parser.on('error', (cause) => refuse('the body is not well-formed XML', cause));
  parser.on('doctype', (declaration) => {
    if (hasSubset(declaration)) {
      refuse('the XML has a document type declaration with declarations in it');
    }
  });
  parser.on('opentagstart', ({ name }) => {
    current().hasChildren = true;
    path.push(open(name, keyOf(name)));
    if (path.length > MAX_DEPTH + 1) {
      refuse('the XML is nested too deep');
    }
  });
  parser.on('attribute', ({ name, value }: SaxesAttributePlain) => {
    current().attributes += 1;
    if (current().attributes > MAX_ATTRIBUTES) {
      refuse('an XML element has too many attributes');
    }
    place(current(), name, `@${keyOf(name)}`, value);
  });
  parser.on('text', (chunk) => {
    current().text += chunk;
  });
  parser.on('cdata', (chunk) => {
    const element = current();
    element.dataStart = element.dataStart < 0 ? element.text.length : element.dataStart;
    element.text += chunk;
    element.dataEnd = element.text.length;
  });
  parser.on('closetag', () => {
    const element = path.pop() ?? document;
    place(current(), element.name, element.key, valueOf(element));
  });
  parser.write(withLineFeeds(text)).close();
  return document.fields ?? {};
}

/** Whether a document type declares something itself; what it only names is not loaded. */
function hasSubset(declaration: string): boolean {
  return declaration.replace(/"[^"]*"|'[^']*'/g, '').includes('[');
}

function open(name: string, key: string): Element {
  return {
    name,
    key,
    attributes: 0,
    hasChildren: false,
    fields: null,
    names: null,
    text: '',
    dataStart: -1,
    dataEnd: -1,
  };
}

/** A value is a text or an object, so that a list is one of several values. */
function add(element: Element, key: string, value: unknown): void {
  const fields = (element.fields ??= {});
  if (key === '__proto__') {
    return;
  }
  const before = Object.hasOwn(fields, key) ? fields[key] : undefined;
  if (before === undefined) {
    setOwn(fields, key, value);
  } else if (Array.isArray(before)) {
    before.push(value);
  } else {
    fields[key] = [before, value];
  }
}

/** Between child elements, space is layout; in an element without any, and in CDATA, it belongs to the text. */
function valueOf(element: Element): unknown {
  if (!element.fields) {
    return element.text;
  }
  const text = element.hasChildren ? withoutLayout(element) : element.text;
  if (text !== '') {
    element.fields[TEXT_KEY] = text;
  }
  return element.fields;
}

function withoutLayout({ text, dataStart, dataEnd }: Element): string {
  return dataStart < 0
    ? text.trim()
    : text.slice(0, dataStart).trimStart() + text.slice(dataStart, dataEnd) + text.slice(dataEnd).trimEnd();
}
