import type { REASONS } from './catalogue';
import type { ValueKind } from './entry';

// Framework-free: why a delivery was refused, left out, or ended as it did.

export type ReasonCode = keyof typeof REASONS;

interface KindTypes {
  text: string;
  number: number;
  place: string;
  places: readonly string[];
  list: readonly string[];
}

type Entry<C extends ReasonCode> = (typeof REASONS)[C];
type NamedValues<E> = E extends { values: infer V }
  ? { readonly [Name in keyof V]: V[Name] extends ValueKind ? KindTypes[V[Name]] : never }
  : unknown;
type Detail<E> = E extends { details: infer D } ? { readonly detail: keyof D } : unknown;

/** What a reason's sentence names; of a code whose sentence names nothing, nothing. */
export type ReasonValues<C extends ReasonCode> = NamedValues<Entry<C>> & Detail<Entry<C>>;

/** One of the catalogue, with its values. Values can hold what was sent; never a secret. */
export type Reason = { [C in ReasonCode]: { readonly code: C; readonly values: ReasonValues<C> } }[ReasonCode];

/** What a code is given with it: nothing, where its sentence names nothing. */
export type ReasonGiven<C extends ReasonCode> = keyof ReasonValues<C> extends never ? [] : [values: ReasonValues<C>];

/** So much of a value is kept: characters of a text, and items of a list. */
const MAX = { characters: 300, items: 20 };

/** Makes a reason; which values it takes is up to its code. Long ones are cut, as they may have been sent. */
export function because<C extends ReasonCode>(code: C, ...[values]: ReasonGiven<C>): Reason {
  const bounded = Object.entries(values ?? {}).map(([name, value]) => [name, boundedValue(value)]);
  // Its values are those of its code: a fact that is lost where the type is a union of all.
  return { code, values: Object.fromEntries(bounded) as unknown } as Reason;
}

function boundedValue(value: unknown): unknown {
  if (typeof value === 'string') {
    return value.length > MAX.characters ? `${value.slice(0, MAX.characters - 1)}…` : value;
  }
  return Array.isArray(value) ? value.slice(0, MAX.items).map(boundedValue) : value;
}
