// Framework-free: the one rule of what NocoBase's templates can name.

/**
 * Every character that may stand in a template: those of `/{{(\w|:|[\s-+.,@/()?=*_$])+}}/g` in `json-templates` of
 * `@nocobase/utils` 2.2.15, without the dot, which ends a name, and the colon, behind which a default stands.
 */
const SPELLABLE = /^[\w\s\-+,@/()?=*$]+$/;

/**
 * What every object has by itself: where a request lacks a value of that name, lodash's `get` finds JavaScript's own, and
 * the template engine calls it. Listed, so that server and browsers agree whatever their age.
 */
const OF_OBJECTS: ReadonlySet<string> = new Set([
  'constructor',
  'hasOwnProperty',
  'isPrototypeOf',
  'propertyIsEnumerable',
  'toLocaleString',
  'toString',
  'valueOf',
  '__proto__',
  '__defineGetter__',
  '__defineSetter__',
  '__lookupGetter__',
  '__lookupSetter__',
]);

/** What every list has by itself, so that `appendArrayColumn` of `@nocobase/evaluators` makes no column of it. */
const OF_LISTS: ReadonlySet<string> = new Set(
  (
    'at concat copyWithin entries every fill filter find findIndex findLast findLastIndex flat flatMap forEach includes ' +
    'indexOf join keys lastIndexOf length map pop push reduce reduceRight reverse shift slice some sort splice ' +
    'toReversed toSorted toSpliced unshift values with'
  ).split(' '),
);

/**
 * What is filled in where there is no run, as in a filter or an answer to a request: NocoBase's own notation, with letters
 * of any script and their marks: `{{path}}`, or `{{path:default}}`. Global: each use has its own.
 */
export function templatePattern(): RegExp {
  return /\{\{([\p{L}\p{N}\p{M}\s:+.,@/()?=*_$-]+)\}\}/gu;
}

/** Whether a text holds what somebody means for a variable. */
export function holdsVariable(text: string): boolean {
  return /\{\{[^{}]+\}\}/.test(text);
}

/**
 * The first variable of a text that would be JSON, an object or a list, if its variables were values: `{"total": {{x}}}`;
 * without its braces. undefined: it isn't, or they stand in quotes already.
 */
export function bareVariableIn(text: string): string | undefined {
  // Only the strings of JSON are told apart: what stands in one is text already.
  const parts = text.match(/"(?:[^"\\]|\\.)*"|\{\{[^{}]+\}\}|[^]/g) ?? [];
  const bare = parts.find((part) => holdsVariable(part) && !part.startsWith('"'));
  if (bare === undefined) {
    return undefined;
  }
  const isWith = (value: string) => {
    try {
      const parsed: unknown = JSON.parse(parts.map((part) => (part.startsWith('{{') ? value : part)).join(''));
      return typeof parsed === 'object' && parsed !== null;
    } catch {
      return false;
    }
  };
  return isWith('0') || isWith('""') ? bare.replace(/[{}]/g, '').trim() : undefined;
}

/** The variables among a template's texts that would not be filled in, since their paths hold other characters. */
export function unreadableIn(template: unknown): string[] {
  return [...JSON.stringify(template ?? null).matchAll(ANY_VARIABLE)].flatMap(([text, path = '']) =>
    templatePattern().test(text) ? [] : path.trim().replace(/(?<!\\)\\+"/g, '"'),
  );
}

/** What somebody means for a variable. */
const ANY_VARIABLE = /\{\{(\s*\$(?:context|env|system)\b[^{}]*)\}\}/g;

/** Whether every object has it by itself. */
export function isOfObjects(name: string): boolean {
  return OF_OBJECTS.has(name);
}

/**
 * Whether a template can name what these names lead to.
 * @param isList whether the value at the first so many of the names is a list, of which the next names a column
 */
export function templateCanName(names: readonly string[], isList: (depth: number) => boolean = () => false): boolean {
  return names.every((name, depth) => isSpellable(name) && !(OF_LISTS.has(name) && isList(depth)));
}

function isSpellable(name: string): boolean {
  // A template is trimmed before it is looked up.
  return SPELLABLE.test(name) && name === name.trim() && !OF_OBJECTS.has(name);
}
