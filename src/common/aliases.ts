// Framework-free: the short names under which `$context.vars` holds values whose own names no template can hold.

import { isOfObjects } from './templateNames';

/** Longest alias, in characters. */
const MAX_ALIAS = 63;

/** What an alias looks like. One that every object has by itself is none either: `isOfObjects`. */
export const ALIAS = new RegExp(`^[A-Za-z_][A-Za-z0-9_]{0,${MAX_ALIAS - 1}}$`);

/** Makes aliases that differ from each other and from those that are taken. The same for the same paths, anywhere. */
export class Aliases {
  private readonly taken: Set<string>;
  /** What to count on with behind a name that was given before, so that a thousand alike take no million steps. */
  private readonly counts = new Map<string, number>();

  constructor(taken: Iterable<string> = []) {
    this.taken = new Set(taken);
  }

  /** An alias for what these names lead to: the names themselves, as far as an alias can hold them. */
  make(names: readonly string[]): string {
    const base = baseOf(names);
    let count = this.counts.get(base) ?? 1;
    let alias = base;
    while (count > 1 || this.taken.has(alias)) {
      count += 1;
      alias = `${base.slice(0, MAX_ALIAS - `_${count}`.length)}_${count}`;
      if (!this.taken.has(alias)) {
        break;
      }
    }
    this.counts.set(base, count);
    this.taken.add(alias);
    return alias;
  }
}

function baseOf(names: readonly string[]): string {
  const spelled = names.map(spell).filter((part) => part !== '');
  // Of a long path the end tells more.
  const text = spelled.join('_').slice(-MAX_ALIAS).replace(/^_+/, '') || 'value';
  const safe = /^\d/.test(text) ? `_${text.slice(-(MAX_ALIAS - 1))}` : text;
  return isOfObjects(safe) ? `${safe}_` : safe;
}

/** Letters without their accents; those of other alphabets by their numbers in Unicode; anything else separates. */
function spell(name: string): string {
  const spelled = Array.from(name, (character) => {
    const plain = character.normalize('NFKD').replace(/\p{M}/gu, '');
    if (/^[A-Za-z0-9]+$/.test(plain)) {
      return plain;
    }
    return /[\p{L}\p{N}]/u.test(character) ? `u${character.codePointAt(0)?.toString(16)}` : '_';
  });
  return spelled.join('').replace(/_+/g, '_').replace(/^_|_$/g, '');
}
