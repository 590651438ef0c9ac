import { WebhookError } from '../../common/errors';
import { because, type Reason } from '../../common/reasons/reason';

/** Names that differ, of elements and attributes, and the characters of one: a schema has a few hundred. */
const MAX_NAMES = 1_000;
const MAX_NAME = 1_000;

/** What an element holds beside its text. */
export interface NamedFields {
  /** Attributes and children by key, in order; several of one name are a list. Null: there are none. */
  fields: Record<string, unknown> | null;
  /** Names behind keys of `fields` that more than one name of the document has. Null: there are none. */
  names: Map<string, string> | null;
}

/** The names of a document, and the keys that they become: of `s:id` and `s_id` it is the same. */
export class XmlNames {
  private readonly keys = new Map<string, string>();
  /** By key, the first name that became it. */
  private readonly first = new Map<string, string>();
  private readonly contested = new Set<string>();

  keyOf(name: string): string {
    const known = this.keys.get(name);
    if (known !== undefined) {
      return known;
    }
    const key = toKey(name);
    this.keys.set(name, key);
    if (this.keys.size > MAX_NAMES) {
      refuse(because('BODY_TOO_COMPLEX', { detail: 'names' }));
    }
    if (this.first.has(key)) {
      this.contested.add(key).add(`@${key}`);
    } else {
      this.first.set(key, name).set(`@${key}`, name);
    }
    return key;
  }

  /** Refuses an element in which two names become one key: they would be one that is there twice. */
  check(element: NamedFields, name: string, key: string): void {
    if (!this.contested.has(key)) {
      return;
    }
    const isTaken = element.fields !== null && Object.hasOwn(element.fields, key);
    // What was placed before the key was contested bore the first name.
    const before = isTaken ? (element.names?.get(key) ?? this.first.get(key)) : name;
    if (before !== name) {
      refuse(because('NAMES_COLLIDE', { name: `${before}, ${name}` }));
    }
    (element.names ??= new Map()).set(key, name);
  }
}

function toKey(name: string): string {
  if (name.length > MAX_NAME) {
    refuse(because('XML_MALFORMED', { detail: 'names' }));
  }
  if (name.includes('\ufffd')) {
    refuse(because('XML_MALFORMED', { detail: 'names' }));
  }
  return name.replaceAll(':', '_');
}

/** Ends the reading of a document with `BODY_MALFORMED`. */
export function refuse(reason: Reason, cause?: Error): never {
  throw new WebhookError('BODY_MALFORMED', { reason, cause });
}
