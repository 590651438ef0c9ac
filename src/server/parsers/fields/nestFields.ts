import { WebhookError } from '../../../common/errors';
import { setOwn } from '../../setOwn';
import { formPath } from '../../../common/formPath';
import { because } from '../../../common/reasons/reason';

/** A field of a form or query, as sent. */
export type Field<T> = readonly [name: string, value: T];

/** Brackets of one name. */
const MAX_DEPTH = 10;

/** Numbers as JavaScript has them as keys: without zeros in front. */
const INDEX = /^(?:0|[1-9]\d{0,14})$/;

/** What stands under one name: each value and each nested name in the order in which they came. */
type Slot<T> = (Group<T> | { value: T })[];

/**
 * Nests fields by their names, as PHP and Express do: `a[b]=1` is `b` in `a`, `a[]=1` an item of a list, and a name given
 * twice a list of its values. Names that are numbers are names, of an object; only where they count up from 0 without a
 * gap it is a list. `__proto__` is no name. Throws `BODY_MALFORMED` for names that are too deep.
 */
export function nestFields<T>(fields: readonly Field<T>[]): Record<string, unknown> {
  const root = new Group<T>();
  for (const [name, value] of fields) {
    const path = fieldPath(name);
    if (path === null) {
      throw new WebhookError('BODY_MALFORMED', { reason: because('BODY_TOO_COMPLEX', { detail: 'depth' }) });
    }
    if (!path.includes('__proto__')) {
      put(root, path, value);
    }
  }
  return root.toObject();
}

/** The steps down to what a field's name means; null: it is deeper than any that is taken. */
export function fieldPath(name: string): string[] | null {
  const path = formPath(name, MAX_DEPTH + 2);
  return path.length > MAX_DEPTH + 1 ? null : path;
}

class Group<T> {
  readonly slots = new Map<string, Slot<T>>();
  /** The position that the next item without one gets. */
  private next = 0;
  /** The position that the last item without one got. */
  private latest: string | null = null;

  slot(name: string): Slot<T> {
    let slot = this.slots.get(name);
    if (!slot) {
      slot = [];
      this.slots.set(name, slot);
      this.next = INDEX.test(name) ? Math.max(this.next, Number(name) + 1) : this.next;
    }
    return slot;
  }

  /**
   * Where an item without a position goes: behind the others; or into the last of them, which is an object that lacks the
   * name so far (`a[][b]=1&a[][c]=2` is one item, as Express and Rails have it).
   */
  item(below: readonly string[]): Slot<T> {
    const last = this.latest === null ? undefined : this.slots.get(this.latest)?.at(-1);
    if (below.length > 0 && last instanceof Group && !last.has(below)) {
      return this.slots.get(this.latest ?? '') ?? [];
    }
    this.latest = String(this.next);
    return this.slot(this.latest);
  }

  has(path: readonly string[]): boolean {
    const [name = '', ...below] = path;
    if (name === '') {
      return false;
    }
    const slot = this.slots.get(name);
    const last = slot?.at(-1);
    return slot !== undefined && (below.length === 0 || (last instanceof Group && last.has(below)));
  }

  toObject(): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    for (const [name, slot] of this.slots) {
      setOwn(object, name, valueOf(slot));
    }
    return object;
  }

  toValue(): unknown {
    const count = this.slots.size;
    const list: unknown[] = [];
    while (list.length < count) {
      const slot = this.slots.get(String(list.length));
      if (!slot) {
        return this.toObject();
      }
      list.push(valueOf(slot));
    }
    return list;
  }
}

function put<T>(root: Group<T>, path: readonly string[], value: T): void {
  let group = root;
  let slot: Slot<T> = [];
  path.forEach((name, depth) => {
    const below = path.slice(depth + 1);
    slot = name === '' && depth > 0 ? group.item(below) : group.slot(name);
    if (below.length > 0) {
      group = groupIn(slot);
    }
  });
  slot.push({ value });
}

function groupIn<T>(slot: Slot<T>): Group<T> {
  const last = slot.findLast((part) => part instanceof Group);
  if (last) {
    return last;
  }
  const made = new Group<T>();
  slot.push(made);
  return made;
}

function valueOf<T>(slot: Slot<T>): unknown {
  const values = slot.map((part) => (part instanceof Group ? part.toValue() : part.value));
  return values.length === 1 ? values[0] : values;
}
