import { templatePattern } from '../../common/templateNames';
import { Allowance, UNITS } from './Allowance';
import { ITEM, weigh } from './weigh';

/** What `{{variables}}` are looked up in: `$context`, `$env` and the like. */
export type Scope = Readonly<Record<string, unknown>>;

const VARIABLE = templatePattern();

/** Text that is one variable and nothing else. */
const ONLY_VARIABLE = new RegExp(`^${VARIABLE.source}$`, 'u');

/**
 * Fills in the templates that make up one answer, or one condition, from one scope. Each variable is looked up once, and
 * all of it is bounded: whoever sends a large body and whoever writes a template may be two, and neither knows the other.
 */
export class Filling {
  private readonly allowance = new Allowance(
    'what the variables of a template stand for is too large to be filled in as often',
  );
  private readonly values = new Map<string, unknown>();
  /** JSON of the objects that were filled in, and their weight. */
  private readonly texts = new Map<object, string>();
  private readonly weights = new Map<object, number>();

  constructor(private readonly scope: Scope) {}

  /**
   * Fills the `{{variables}}` of a template: JSON of any shape. A text that is one variable becomes its value,
   * of whatever type. What is filled in is data, never a template itself.
   */
  render(template: unknown): unknown {
    if (typeof template === 'string') {
      const [, only] = ONLY_VARIABLE.exec(template) ?? [];
      return only === undefined ? this.renderText(template) : this.whole(only);
    }
    if (Array.isArray(template)) {
      return template.map((item) => this.render(item));
    }
    if (typeof template === 'object' && template !== null) {
      return Object.fromEntries(
        Object.entries(template).map(([key, value]) => [this.renderText(key), this.render(value)]),
      );
    }
    return template;
  }

  /** What a text stands for that is one variable; undefined: it is something else. For a look at it: {@link render} counts. */
  peek(template: unknown): unknown {
    const [, only] = typeof template === 'string' ? (ONLY_VARIABLE.exec(template) ?? []) : [];
    return only === undefined ? undefined : this.valueOf(only);
  }

  /**
   * Fills the `{{variables}}` of a text, each value made safe by `escape` where it goes in.
   * @param weight units for each character that is filled in
   */
  renderText(template: string, escape: (text: string) => string = (text) => text, weight = 1): string {
    return template.replace(VARIABLE, (_match, variable: string) => {
      const text = this.textOf(this.valueOf(variable));
      this.allowance.spend(weight * text.length);
      return this.escaped(text, escape);
    });
  }

  /** A text made safe by `escape`: it may be six times as long then, and is bounded by that. */
  escaped(text: string, escape: (text: string) => string): string {
    const safe = escape(text);
    this.allowance.spend(safe === text ? 0 : safe.length);
    return safe;
  }

  private whole(variable: string): unknown {
    const value = this.valueOf(variable);
    this.allowance.spend(typeof value === 'string' ? value.length : isObject(value) ? this.weightOf(value) : 1);
    return value;
  }

  private textOf(value: unknown): string {
    if (!isObject(value)) {
      return toText(value);
    }
    let text = this.texts.get(value);
    if (text === undefined) {
      text = toText(value);
      this.texts.set(value, text);
    }
    return text;
  }

  private weightOf(value: object): number {
    let weight = this.weights.get(value);
    if (weight === undefined) {
      weight = weigh(value, UNITS);
      this.weights.set(value, weight);
    }
    return weight;
  }

  private valueOf(variable: string): unknown {
    const [path = '', ...rest] = variable.trim().split(':');
    if (!this.values.has(path)) {
      const found = path.split('.').reduce<unknown>((value, name) => this.member(value, name), this.scope);
      this.values.set(path, typeof found === 'function' ? (found as () => unknown)() : found);
    }
    const value = this.values.get(path);
    return value === undefined && rest.length > 0 ? rest.join(':') : value;
  }

  /**
   * What `name` is of `value`. Of a list, where `name` is no position in it: the column with that name, as in
   * NocoBase's own templates. Functions only where they were put, so that none of JavaScript's own is called.
   */
  private member(value: unknown, name: string): unknown {
    if (value === undefined || value === null || name === '__proto__') {
      return undefined;
    }
    if (Array.isArray(value) && !Object.hasOwn(value, name)) {
      this.allowance.spend(value.length * ITEM);
      return POSITION.test(name) ? undefined : value.flatMap((item) => this.member(item, name));
    }
    const found = (value as Record<string, unknown>)[name];
    return typeof found === 'function' && !Object.hasOwn(value as object, name) ? undefined : found;
  }
}

const POSITION = /^\d+$/;

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Fills in one template, as {@link Filling} does. */
export function render(template: unknown, scope: Scope): unknown {
  return new Filling(scope).render(template);
}

/** A value as text: JSON where it isn't text already; nothing for what isn't there. */
export function toText(value: unknown): string {
  if (value === undefined || value === null) {
    return '';
  }
  if (value instanceof Date) {
    return value.toISOString();
  }
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
