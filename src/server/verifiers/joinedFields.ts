import { fieldPath } from '../parsers/fields/nestFields';
import { isFormBody, type FormFields } from './formFields';
import { refuse } from './providers/fields';
import { NO_TEXT, type Sources } from './Sources';
import type { NotVerified } from './types';

/** What stands between a name and its value and between one field and the next, and the fields that are left out. */
interface Joining {
  between: string;
  join: string;
  without: readonly string[];
}

/** A character of fields that are told apart and joined is as much work as so many that are looked through. */
const JOINING = 3;

const ORDERS = ['sorted', 'nocase', 'received'] as const;
type Order = (typeof ORDERS)[number];

/** Whether fields can be in an order of this name. */
export function isOrder(name: string): name is Order {
  return (ORDERS as readonly string[]).includes(name);
}

/** Which fields of a call, and how they are joined. */
export interface JoinedFields {
  place: 'form' | 'query';
  /** By name; by name in small letters, as PHP's `strcasecmp` has it; or as they came. */
  order: Order;
  how: string;
  encoding?: string;
}

/**
 * Names and values of a form or a query, in an order, and joined. Neither the order that they came in is signed nor how
 * often one is there, so that only what reads the same in any order is taken.
 * @param how nothing: joined without anything between; else the text between name and value, the one between fields,
 * a character each, and behind `!` the names to leave out: `=&!sign,sign_type`
 */
export function joinedFields({ place, order, how, encoding }: JoinedFields, sources: Sources): string | NotVerified {
  const joining = joiningOf(how);
  const signed = fieldsOf(place, joining, sources);
  if ('ok' in signed) {
    return signed;
  }
  const problem = readOtherwise(signed, joining);
  if (problem) {
    return refuse(problem);
  }
  const written = signed.map(([name, value]) => [encoded(name, encoding), encoded(value, encoding)] as const);
  return written.some((field) => isAmbiguous(field, joining))
    ? refuse('A field holds what stands between the fields that are signed, so that it could be read as several.')
    : joined(written, joining, order);
}

/**
 * The values of a form in the order in which they came, each behind its length in bytes, and an empty one as `0`. Their
 * names are not signed.
 * @param how behind `!` the names to leave out
 */
export function fieldsWithLengths(how: string, sources: Sources): string | NotVerified {
  const signed = fieldsOf('form', joiningOf(how), sources);
  return 'ok' in signed
    ? signed
    : signed.map(([, value]) => (value === '' ? '0' : `${Buffer.byteLength(value)}${value}`)).join('');
}

function fieldsOf(place: 'form' | 'query', { without }: Joining, sources: Sources): FormFields | NotVerified {
  if (place === 'form' && !isFormBody(sources.request)) {
    return refuse('The body is no form, which is what this signature covers.');
  }
  sources.lookThrough(JOINING * (place === 'form' ? sources.request.rawBody : sources.request.url).length);
  const fields = place === 'form' ? sources.formFields() : sources.queryFields();
  if (fields?.some((field) => field.some((text) => !sources.isFast(text, place)))) {
    return refuse(`The ${place} ${NO_TEXT}`);
  }
  return fields === null
    ? refuse(`The ${place} has more fields than any sender has, or is none.`)
    : fields.filter(([name]) => !without.includes(name));
}

/**
 * A text as it is written there; without an encoding as it is. What RFC 3986 has for unreserved stays; the rest is
 * percent-encoded, with `plus` a space as forms have it.
 */
export function encoded(text: string, encoding: string | undefined): string {
  if (encoding === undefined) {
    return text;
  }
  const percent = encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  // PHP's urlencode and .NET's UrlEncode write a tilde so, as forms do.
  return encoding === 'plus' ? percent.replace(/%20/g, '+').replace(/~/g, '%7E') : percent;
}

function joiningOf(how: string): Joining {
  const mark = how.indexOf('!');
  const [between = '', join = ''] = mark === -1 ? how : how.slice(0, mark);
  return { between, join, without: mark === -1 ? [] : how.slice(mark + 1).split(',') };
}

/** Whether a name or value could be taken for other fields, once all are joined without escaping. */
function isAmbiguous([name, value]: FormFields[number], { between, join }: Joining): boolean {
  if (between === '' || join === '') {
    return false;
  }
  const next = value.indexOf(join);
  return name.includes(between) || name.includes(join) || (next !== -1 && value.includes(between, next));
}

/** A field's name, step by step; what stands at its end is its own. */
interface Step {
  isField: boolean;
  next: Map<string, Step>;
}

/** Why the workflow could read other fields than those that are signed; null: it can't. */
function readOtherwise(fields: FormFields, { between, join }: Joining): string | null {
  const root: Step = { isField: false, next: new Map() };
  for (const [name] of fields) {
    if (name === '') {
      return 'A field without a name is none that anybody signs.';
    }
    // With nothing between, a bracket of a value could have been moved into the name.
    if ((between === '' || join === '') && /[[\]]/.test(name)) {
      return 'A field has a bracket in its name, and nothing that is signed says where its name ends.';
    }
    const path = fieldPath(name);
    if (path === null) {
      return 'A field has more brackets in its name than any sender writes.';
    }
    if (!isAdded(root, path)) {
      return 'A field is there more than once, or is a part of another one: what is signed does not say which counts.';
    }
  }
  return null;
}

/** Adds a name; false: it is there already, it leads into another field, or another one leads into it. */
function isAdded(root: Step, path: readonly string[]): boolean {
  let at = root;
  for (const name of path) {
    const known = at.next.get(name);
    // An item without a place of its own is wherever its order puts it.
    if (at.isField || (!known && at.next.size > 0 && (name === '' || at.next.has('')))) {
      return false;
    }
    const step = known ?? { isField: false, next: new Map<string, Step>() };
    at.next.set(name, step);
    at = step;
  }
  const isNew = !at.isField && at.next.size === 0;
  at.isField = true;
  return isNew;
}

function joined(fields: FormFields, { between, join }: Joining, order: Order): string {
  const key = (name: string) => (order === 'nocase' ? name.toLowerCase() : name);
  const ordered =
    order === 'received'
      ? fields
      : fields
          .map((field) => [key(field[0]), field] as const)
          .sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
          .map(([, field]) => field);
  return ordered.map(([name, value]) => `${name}${between}${value}`).join(join);
}
