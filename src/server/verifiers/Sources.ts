import { readFormFields, type FormFields } from './formFields';
import { queryOf, refuse } from './providers/fields';
import { readXmlFields } from './providers/xmlFields';
import type { NotVerified, VerifyRequest } from './types';
import { parseUnverified } from '../boundedJson';
import { withExactNumbers } from '../jsonNumbers';

/**
 * Reads what a scheme names (`header:x`, `query:x`, `json:a.b`, `json:value[].x`, `xml:x`, `form:x`, `path:x`,
 * `config:x`) out of one request. The body is parsed once, and only if a source asks for it. Own properties only.
 */
export class Sources {
  private params: URLSearchParams | undefined;
  private fields: Map<string, string[]> | undefined;
  private form: { fields: FormFields | null } | undefined;
  private parsed: { value: unknown } | undefined;

  constructor(
    readonly request: VerifyRequest,
    private readonly options: Record<string, unknown>,
  ) {}

  /** The one value; a refusal if it is missing, empty, not a text or number, or there more than once. */
  one(source: string): string | NotVerified {
    const values = this.all(source);
    if (values.length > 1) {
      return refuse(`${describeSource(source)} is there more than once.`);
    }
    return values[0] ? values[0] : refuse(`${describeSource(source)} is missing.`);
  }

  /** Every value in order; null stands for an item of a list that lacks it. Empty: nothing is there. */
  all(source: string): (string | null)[] {
    return this.raw(source).map(asText);
  }

  /** As {@link all}, with the types that JSON has. */
  raw(source: string): unknown[] {
    const colon = source.indexOf(':');
    const name = source.slice(colon + 1);
    switch (source.slice(0, colon)) {
      case 'header':
        return this.header(name.toLowerCase());
      case 'query':
        return (this.params ??= queryOf(this.request.url)).getAll(name);
      case 'json':
        return walk(this.json(), name.split('.'));
      case 'xml':
        this.fields ??= readXmlFields(this.request.rawBody.toString('utf8')) ?? new Map<string, string[]>();
        return this.fields.get(name) ?? [];
      case 'form':
        return this.formFields()?.flatMap(([field, value]) => (field === name ? [value] : [])) ?? [];
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
    this.form ??= { fields: readFormFields(this.request) };
    return this.form.fields;
  }

  /** The query's names and values, decoded. */
  queryFields(): FormFields {
    return [...(this.params ??= queryOf(this.request.url))];
  }

  /** Whether the body is a JSON document. */
  isJson(): boolean {
    return this.json() !== undefined;
  }

  /** Whether the body is a JSON document that begins and ends with a bracket. */
  isJsonObjectOrList(): boolean {
    const value = this.json();
    return typeof value === 'object' && value !== null;
  }

  private header(name: string): string[] {
    const value = own(this.request.headers, name);
    return [value].flat().filter((item) => typeof item === 'string');
  }

  private json(): unknown {
    this.parsed ??= { value: parseUnverified(withExactNumbers(this.request.rawBody.toString('utf8'), 'big')) };
    return this.parsed.value;
  }
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
    path: 'The part of the path',
    config: 'The setting',
  };
  return `${kinds[source.slice(0, colon)] ?? 'The value'} "${source.slice(colon + 1)}"`;
}

/** `a.b` goes down, `a[].b` goes into every item of the list, `[].b` where the body itself is one. */
function walk(value: unknown, path: readonly string[]): unknown[] {
  const [step, ...rest] = path;
  if (step === undefined) {
    return [value];
  }
  const isList = step.endsWith('[]');
  const key = isList ? step.slice(0, -2) : step;
  const next = key === '' && isList ? value : own(value, key);
  if (isList) {
    return Array.isArray(next) ? next.flatMap((item) => found(walk(item, rest))) : [];
  }
  return next === undefined ? [] : walk(next, rest);
}

/** An item without the value must not vanish from a list of which every one has to match. */
function found(values: unknown[]): unknown[] {
  return values.length > 0 ? values : [null];
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
