import { isUtf8 } from 'node:buffer';
import { isUtf8Encoded, isUtf8Query, readFormFields, readQuery, type FormFields } from './formFields';
import { refuse } from './providers/fields';
import { readXmlFields } from './providers/xmlFields';
import type { NotVerified, VerifyRequest } from './types';
import { JsonDocument } from './JsonDocument';
import { objectText, type ObjectTextOptions } from './objectText';

/**
 * Work on one call, in units: a value that is read out of a list, or bytes that are signed or looked through. A maker may
 * set up hundreds of places, texts and secrets, and whoever calls may send what each of them is slow with. So much in any
 * call, and so much for each byte of its body: all of its values once, or 20 secrets tried on it twice.
 */
const WORK = { base: 300_000, each: 0.625 };

/** Bytes that are signed in the time of one unit. */
const SIGNED = 64;

/** A character of JSON that is written anew is as much work as so many that are looked through. */
const WRITING = 8;

/** As is a byte of JSON that is passed on the way to a number, in the digits that it was sent with. */
const PASSING = 2;

/** Why a value can't be signed; behind what it is. */
export const NO_TEXT = 'has something in it that is no text, and would be signed like anything else that is none.';

/** Thrown where a webhook's settings ask for more work on one call than any sender's scheme; its message is the reason. */
export class TooMuchWork extends Error {}

/** Enough to tell that a value is there more than once. */
const TWICE = 2;

/**
 * Reads what a scheme names (`header:x`, `query:x`, `json:a.b`, `json:value[].x`, `xml:x`, `form:x`,
 * `form-json:x.a.b`, `path:x`, `config:x`) out of one request. The body is parsed once, and only if a source asks for it;
 * of a list no more is read than is asked for. Own properties only.
 */
export class Sources {
  private query: Fields | undefined;
  private form: Fields | undefined;
  private xml: ReadonlyMap<string, string[]> | undefined;
  private document: JsonDocument | undefined;
  private readonly opened = new Map<string, JsonDocument[]>();
  private readonly objectTexts = new Map<string, string | null>();
  private readonly whole = new Map<string, (string | null)[]>();
  private readonly few = new Map<string, readonly unknown[]>();
  private readonly signedTexts = new Map<string, string | NotVerified>();
  private readonly reading = (bytes: number): void => this.lookThrough(PASSING * bytes);
  private isUtf8Form: boolean | undefined;
  private isUtf8Query: boolean | undefined;
  private left: number;

  constructor(
    readonly request: VerifyRequest,
    private readonly options: Record<string, unknown>,
  ) {
    this.left = WORK.base + WORK.each * request.rawBody.length;
  }

  /** The one value; a refusal if it is missing, empty, not a text or number, or there more than once. */
  one(source: string): string | NotVerified {
    const values = this.firstTwo(source).map(asText);
    if (values.length > 1) {
      return refuse(`${describeSource(source)} is there more than once.`);
    }
    return values[0] ? values[0] : refuse(`${describeSource(source)} is missing.`);
  }

  /**
   * The one value as a signed text holds it: empty where it is there but empty, and of JSON the digits of a number,
   * `true`, `false` and `null` as they were sent. A refusal if it is missing, a list or an object, or there twice.
   */
  signed(source: string): string | NotVerified {
    return this.once(source, () => this.asSigned(source));
  }

  /** A text of the call by the name that a signed text calls it by, made once; a refusal is remembered too. */
  once(name: string, make: () => string | NotVerified): string | NotVerified {
    const text = this.signedTexts.get(name) ?? make();
    this.signedTexts.set(name, text);
    return text;
  }

  private asSigned(source: string): string | NotVerified {
    const [place, name] = partsOf(source);
    if (place === 'config') {
      // A setting that isn't set would leave out of the text what it is there for.
      return this.one(source);
    }
    const values: (string | null)[] =
      place === 'json'
        ? this.json().writtenAt(name.split('.'), TWICE)
        : place === 'form-json'
          ? this.inForm(name, (document, path) => document.writtenAt(path, TWICE))
          : this.firstTwo(source).map(asText);
    if (values.length > 1) {
      return refuse(`${describeSource(source)} is there more than once.`);
    }
    const [value] = values;
    if (value === undefined || value === null) {
      return refuse(`${describeSource(source)} is missing.`);
    }
    return this.isFast(value, place) ? value : refuse(`${describeSource(source)} ${NO_TEXT}`);
  }

  /**
   * Whether a text that was read is what was sent, and nothing else: what is no text is read as U+FFFD, so that one
   * signature would be good for all that isn't.
   */
  isFast(text: string, place: string): boolean {
    if (!text.isWellFormed()) {
      return false;
    }
    if (!text.includes('\ufffd')) {
      return true;
    }
    switch (place) {
      case 'json':
      case 'xml':
        return isUtf8(this.request.rawBody);
      case 'form':
      case 'form-json':
        return (this.isUtf8Form ??= this.looked(this.request.rawBody) && isUtf8Encoded(this.request.rawBody));
      case 'query':
        return (this.isUtf8Query ??= isUtf8Query(this.request.url));
      default:
        return true;
    }
  }

  private looked({ length }: Buffer): true {
    this.lookThrough(length);
    return true;
  }

  /** Whether anything is there, be it empty or of another kind. */
  has(source: string): boolean {
    const [place, name] = partsOf(source);
    switch (place) {
      case 'json':
        return this.json().has(name.split('.'));
      case 'form-json':
        return this.inForm(name, (document, path) => [document.has(path)]).includes(true);
      default:
        return this.raw(source).length > 0;
    }
  }

  /**
   * Every value in order; null stands for an item of a list that lacks it. Empty: nothing is there. Throws
   * {@link TooMuchWork}.
   */
  all(source: string): readonly (string | null)[] {
    let values = this.whole.get(source);
    if (!values) {
      const found = this.raw(source);
      this.spend(found.length);
      values = found.map(asText);
      this.whole.set(source, values);
    }
    return values;
  }

  /** Notes that so many bytes are signed. Throws {@link TooMuchWork} where it is more than one call is worth. */
  sign(bytes: number): void {
    this.spend(bytes / SIGNED);
  }

  /** Notes that so many characters are looked through, one by one; otherwise as {@link sign}. */
  lookThrough(characters: number): void {
    this.spend((2 * characters) / SIGNED);
  }

  private spend(units: number): void {
    this.left -= units;
    if (this.left < 0) {
      throw new TooMuchWork('The settings ask for more work than one call is given: fewer secrets, texts or lists.');
    }
  }

  /** Of {@link all} the first two, with the types that JSON has. */
  firstTwo(source: string): readonly unknown[] {
    const values = this.few.get(source) ?? this.raw(source, TWICE);
    this.few.set(source, values);
    return values;
  }

  /**
   * As {@link all}, with the types that JSON has.
   * @param max no more of a list's items than that many; default: all
   */
  private raw(source: string, max?: number): readonly unknown[] {
    const [place, name] = partsOf(source);
    switch (place) {
      case 'header':
        return this.header(name.toLowerCase());
      case 'query':
        return (this.query ??= new Fields(readQuery(this.request.url))).named(name);
      case 'json':
        return this.json().at(name.split('.'), max);
      case 'xml':
        this.xml ??= readXmlFields(this.request.rawBody.toString('utf8')) ?? new Map<string, string[]>();
        return this.xml.get(name) ?? [];
      case 'form':
        return this.formValues(name);
      case 'form-json':
        return this.inForm(name, (document, path) => document.at(path, max));
      case 'path':
        return [own(this.request.params, name)].filter((value) => value !== undefined);
      case 'config':
        return [own(this.options, name)].flat().filter((value) => value !== undefined);
      default:
        return [];
    }
  }

  /** The fields of the body as a form; null: it is none that can be read. */
  formFields(): FormFields | null {
    this.form ??= new Fields(readFormFields(this.request));
    return this.form.inOrder;
  }

  /** The query's names and values; null: there are too many. */
  queryFields(): FormFields | null {
    this.query ??= new Fields(readQuery(this.request.url));
    return this.query.inOrder;
  }

  /** The JSON object that the body is, as it is signed; a refusal where it is none, or has a name twice. */
  objectText(how: ObjectTextOptions): string | NotVerified {
    const name = JSON.stringify(how);
    let text = this.objectTexts.get(name);
    if (text === undefined) {
      this.lookThrough(WRITING * this.request.rawBody.length);
      text =
        this.isJsonObjectOrList() && isUtf8(this.request.rawBody)
          ? objectText(this.request.rawBody.toString('utf8'), how)
          : null;
      this.objectTexts.set(name, text);
    }
    return (
      text ??
      refuse('The body is no JSON object in UTF-8 in which every name is there once, which this signature covers.')
    );
  }

  /** Whether the body is a JSON document. */
  isJson(): boolean {
    return this.json().value !== undefined;
  }

  /** Whether the body is a JSON document that begins and ends with a bracket. */
  isJsonObjectOrList(): boolean {
    const { value } = this.json();
    return typeof value === 'object' && value !== null;
  }

  private header(name: string): string[] {
    const value = own(this.request.headers, name);
    return [value].flat().filter((item) => typeof item === 'string');
  }

  private json(): JsonDocument {
    this.document ??= new JsonDocument(this.request.rawBody, this.reading);
    return this.document;
  }

  private formValues(name: string): readonly string[] {
    return (this.form ??= new Fields(readFormFields(this.request))).named(name);
  }

  /** What the JSON in a field holds; of several fields of that name the first two, as the second one refuses already. */
  private inForm<T>(name: string, read: (document: JsonDocument, path: string[]) => T[]): T[] {
    const [field = '', ...path] = name.split('.');
    let documents = this.opened.get(field);
    if (!documents) {
      documents = this.formValues(field)
        .slice(0, TWICE)
        .map((text) => new JsonDocument(Buffer.from(text), this.reading));
      this.opened.set(field, documents);
    }
    return documents.flatMap((document) => read(document, path));
  }
}

/** Fields, looked up by their names. */
class Fields {
  private readonly values = new Map<string, string[]>();

  constructor(readonly inOrder: FormFields | null) {
    for (const [name, value] of inOrder ?? []) {
      const before = this.values.get(name);
      if (before) {
        before.push(value);
      } else {
        this.values.set(name, [value]);
      }
    }
  }

  named(name: string): readonly string[] {
    return this.values.get(name) ?? [];
  }
}

function partsOf(source: string): [place: string, name: string] {
  const colon = source.indexOf(':');
  return [source.slice(0, colon), source.slice(colon + 1)];
}

/** A source as the delivery log calls it. */
export function describeSource(source: string): string {
  const colon = source.indexOf(':');
  const kinds: Record<string, string> = {
    header: 'The header',
    query: 'The query parameter',
    json: 'The field of the JSON body',
    xml: 'The element of the XML body',
    form: 'The field of the form',
    'form-json': 'The JSON in the form, at',
    path: 'The part of the path',
    config: 'The setting',
  };
  return `${kinds[source.slice(0, colon)] ?? 'The value'} "${source.slice(colon + 1)}"`;
}

function own(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

/** One beyond 2^53 is a text already; another that isn't whole has lost digits, so that two ids could become one. */
function asText(value: unknown): string | null {
  if (typeof value === 'string') {
    return value;
  }
  return Number.isSafeInteger(value) ? String(value) : null;
}
