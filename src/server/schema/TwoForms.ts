import type { ErrorObject } from 'ajv/dist/core';
import type { BigNumber } from '../numberMarks';
import { setOwn } from '../setOwn';

/** What parts of a value stand for beside what they are. */
export interface OtherForms {
  /** Numbers that stand in the value as texts: a schema is asked of the number first, and then of the text. */
  numbers: readonly BigNumber[];
  /** Whether null stands for an empty text too. */
  nullIsEmpty: boolean;
}

/** What a schema says of a value that it would take in its other form. */
const FORM_KEYWORDS: ReadonlySet<string> = new Set(['type', 'enum', 'const']);

/** How often a schema may refuse a part in one form and then get it in the other. */
const MAX_TURNS = 2;

/** Parts of a kind, by the names that lead to them, that are remembered: the next that is like one tells what they share. */
const REMEMBERED = 8;

/** Parts of objects at one place that are turned alone, before all names there are taken for one kind. */
const ALONE_BY_NAME = 8;

/** Units of the budget for a number that is put in place, and for one that is made known by where it stands. */
const PUT = 1;
const KNOWN = 3;

type Name = string | number;

/** Steps to parts of a value: a name, a position, {@link ITEMS} or {@link NAMES}. */
type Pattern = readonly string[];

/** A part of the value that has another form. */
interface Part {
  holder: object;
  name: Name;
  /** The form in which it is not. */
  other: unknown;
  /** Times that it was refused itself and turned. */
  turns: number;
  /** What it was turned with, though it was not refused itself; null: with nothing. */
  turnedWith: Pattern | null;
  /** In which round it was turned last. */
  round: number;
}

/**
 * A value that is checked, some of whose parts have two forms. They change in place, and are all put back at the end: a
 * copy of an object of many names takes as long as checking it.
 */
export class TwoForms {
  private readonly root: { value: unknown };
  private readonly parts = new Map<object, Map<Name, Part>>();
  private areNumbersKnown = false;
  private round = 0;
  /** Paths to parts that were refused, by their names alone. */
  private readonly refused = new Map<string, Pattern[]>();
  private readonly refusedByName = new Map<string, number>();
  /** Patterns whose parts aren't all of one kind. */
  private readonly mixed = new Set<string>();

  /** @param spend counts what is done, and throws where it is too much */
  constructor(
    value: unknown,
    private readonly forms: OtherForms,
    private readonly spend: (units: number) => void,
  ) {
    this.root = { value };
  }

  get value(): unknown {
    return this.root.value;
  }

  /** Puts numbers where their texts are. One beyond what JavaScript has is the largest that it has. */
  begin(): void {
    this.spend(PUT * this.forms.numbers.length);
    for (const { holder, name, text } of this.forms.numbers) {
      const value = Number(text);
      const limit = Number.MAX_VALUE;
      put(holder ?? this.root, rootName(holder, name), Math.min(Math.max(value, -limit), limit));
    }
  }

  /** Puts everything back. */
  end(): void {
    for (const [holder, parts] of this.parts) {
      for (const { name, other } of parts.values()) {
        if (other === null) {
          put(holder, name, null);
        }
      }
    }
    for (const { holder, name, text } of this.forms.numbers) {
      put(holder ?? this.root, rootName(holder, name), text);
    }
  }

  /** Turns what a schema doesn't take as it is, and what is like it; false: there is nothing of that kind. */
  turn(errors: readonly ErrorObject[]): boolean {
    this.round += 1;
    let isTurned = false;
    for (const { keyword, instancePath } of errors) {
      if (FORM_KEYWORDS.has(keyword)) {
        isTurned = this.turnAt(stepsOf(instancePath)) || isTurned;
      }
    }
    return isTurned;
  }

  private turnAt(path: readonly string[]): boolean {
    this.spend(1 + path.length);
    const names: string[] = [];
    let holder: object = this.root;
    let name: Name = 'value';
    for (const step of path) {
      const next = own(holder, name);
      if (!isComposite(next) || !Object.hasOwn(next, step)) {
        return false;
      }
      holder = next;
      name = nameIn(holder, step);
      names.push(Array.isArray(holder) ? ITEMS : step);
    }
    const part = this.partAt(holder, name);
    if (!part || part.turns >= MAX_TURNS || part.round === this.round) {
      return part?.round === this.round;
    }
    const isFirst = part.turns === 0;
    part.turns += 1;
    this.swap(part);
    if (isFirst && part.turnedWith) {
      this.mixed.add(part.turnedWith.join('/'));
      this.turnAll(this.root, 'value', part.turnedWith, part.turnedWith, null);
    } else if (isFirst) {
      this.turnAlike(path, names);
    }
    return true;
  }

  /** A schema mostly asks the same of all items of a list, and often of all names of an object. */
  private turnAlike(path: Pattern, names: Pattern): void {
    if (names.includes(ITEMS)) {
      const key = names.join('/');
      const before = this.refused.get(key) ?? [];
      this.spend(before.length * path.length);
      this.turnPattern(before.map((each) => shared(each, path)).sort((one, other) => width(one) - width(other))[0]);
      this.refused.set(key, [...before, path].slice(-REMEMBERED));
    }
    if (names.length > 0 && names.at(-1) !== ITEMS) {
      const pattern = [...names.slice(0, -1), NAMES];
      const count = (this.refusedByName.get(pattern.join('/')) ?? 0) + 1;
      this.refusedByName.set(pattern.join('/'), count);
      this.turnPattern(count > ALONE_BY_NAME ? pattern : undefined);
    }
  }

  private turnPattern(pattern: Pattern | undefined): void {
    if (pattern && !this.mixed.has(pattern.join('/'))) {
      this.turnAll(this.root, 'value', pattern, null, pattern);
    }
  }

  /** Turns what was turned with `from` and not refused itself, and notes that it is turned with `to`. */
  private turnAll(holder: object, name: Name, pattern: Pattern, from: Pattern | null, to: Pattern | null): void {
    this.spend(1);
    const [step, ...below] = pattern;
    if (step === undefined) {
      const part = this.partAt(holder, name);
      if (part && part.turns === 0 && part.round !== this.round && part.turnedWith === from) {
        part.turnedWith = to;
        this.swap(part);
      }
      return;
    }
    const inner = own(holder, name);
    if (!isComposite(inner)) {
      return;
    }
    if (Array.isArray(inner)) {
      const [first, end] = step === ITEMS ? [0, inner.length] : [Number(step), Number(step) + 1];
      for (let index = first; index < Math.min(end, inner.length); index += 1) {
        this.turnAll(inner, index, below, from, to);
      }
    } else if (step === NAMES) {
      Object.keys(inner).forEach((each) => this.turnAll(inner, each, below, from, to));
    } else if (Object.hasOwn(inner, step)) {
      this.turnAll(inner, step, below, from, to);
    }
  }

  private swap(part: Part): void {
    const { holder, name, other } = part;
    part.other = own(holder, name);
    part.round = this.round;
    put(holder, name, other);
  }

  /** The part that has two forms at a place; undefined: there is none. */
  private partAt(holder: object, name: Name): Part | undefined {
    if (!this.areNumbersKnown) {
      this.areNumbersKnown = true;
      this.spend(KNOWN * this.forms.numbers.length);
      for (const { holder: at, name: as, text } of this.forms.numbers) {
        this.know(at ?? this.root, rootName(at, as), text);
      }
    }
    const known = this.parts.get(holder)?.get(name);
    return known ?? (this.forms.nullIsEmpty && own(holder, name) === null ? this.know(holder, name, '') : undefined);
  }

  private know(holder: object, name: Name, other: unknown): Part {
    const part: Part = { holder, name, other, turns: 0, turnedWith: null, round: 0 };
    const parts = this.parts.get(holder) ?? new Map<Name, Part>();
    this.parts.set(holder, parts.set(name, part));
    return part;
  }
}

/** Steps that stand for all items and all names. No name is like them: none in a body that was read holds a NUL. */
const ITEMS = '\0items';
const NAMES = '\0names';

/** What two paths with the same names share: where they differ are any items. */
function shared(one: Pattern, other: Pattern): Pattern {
  return one.map((step, index) => (step === other[index] ? step : ITEMS));
}

/** In how many lists a pattern leads to all items. */
function width(pattern: Pattern): number {
  return pattern.filter((step) => step === ITEMS).length;
}

function stepsOf(instancePath: string): string[] {
  return instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function nameIn(holder: object, step: string): Name {
  return Array.isArray(holder) ? Number(step) : step;
}

function rootName(holder: object | null, name: Name): Name {
  return holder ? name : 'value';
}

function put(holder: object, name: Name, value: unknown): void {
  if (Array.isArray(holder)) {
    holder[name as number] = value;
  } else {
    setOwn(holder as Record<string, unknown>, String(name), value);
  }
}

function own(holder: object, name: Name): unknown {
  return Object.hasOwn(holder, name) ? (holder as Record<Name, unknown>)[name] : undefined;
}

function isComposite(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
