// Framework-free: what may stand in braces in a signed text. The one grammar for engine, panel, guides and command line.

import { HASH_ALGORITHMS, type SignatureScheme } from './presets';

const SOURCES = '(?:header|query|json|xml|form|form-json|path|config|sig):[^{}]+';
const DIGEST = `(?:${HASH_ALGORITHMS.join('|')})(?:-(?:hex|upper|base64|base64url))?`;

/** What a part is put through, the first one last: `lower:net:…` is in small letters what `net` has encoded. */
const STEP = `(?:lower|upper|base64|quoted|percent|plus|net|${DIGEST})`;

/** Fields of a form or a query, in an order that is signed with them; of the last one the values alone, with lengths. */
const JOINED = '(?:(?:sorted|nocase|received)-(?:form|query)(?:-(?:plus|percent))?|lengths-form)(?::[^{}]*)?';

/** A JSON object, without the white space between its parts. */
const JSON_TEXT = '(?:sorted|received)-json(?::![^{}]+)?';
const FIXED = ['body', 'ts', 'url', 'url-decoded', 'url-bare', 'path', 'target', 'method', 'secret', 'headers'];

/** One placeholder; its group is what stands between the braces. All other text stands for itself. */
export const PLACEHOLDER = new RegExp(
  `\\{((?:${STEP}:){0,3}(?:${SOURCES}|sorted:[^{}]+|${JOINED}|${JSON_TEXT}|${FIXED.join('|')}))\\}`,
);

/** What is left of a text looks like a placeholder: a brace and a name. Those of JSON have a quotation mark behind them. */
const LIKE_PLACEHOLDER = /\{\s*[\w-][^{}\n]{0,80}\}?/;

/** Every text that a scheme's sender may have signed, as templates. */
export function contentTemplates({
  content,
  alternatives = [],
}: Pick<SignatureScheme, 'content' | 'alternatives'>): string[] {
  return [content || '{body}', ...alternatives];
}

const STEPS = new RegExp(`^(?:${STEP}:){0,3}`);

/** What a placeholder is of, without what it is put through: `body` of `sha256:body`. */
export function baseOf(name: string): string {
  return name.slice(STEPS.exec(name)?.[0].length ?? 0);
}

/** What a placeholder is put through, the first one last. */
export function stepsOf(name: string): string[] {
  return name.slice(0, -baseOf(name).length).split(':').slice(0, -1);
}

/** Whether other letters would give the same: capitals and small ones are not told apart. */
export function isFolded(name: string): boolean {
  return stepsOf(name).some((step) => step === 'lower' || step === 'upper');
}

/** Whether a placeholder holds the fields of a form with their names, or those of a JSON object. */
export function joinsFields(name: string, of: 'form' | 'json' | 'query'): boolean {
  return new RegExp(`^(?:sorted|nocase|received)-${of}(?:[-:]|$)`).test(baseOf(name));
}

/** Whether a text holds the whole body, be it as its digest. */
export function holdsBody(template: string): boolean {
  return placeholdersIn(template).some(
    (name) => !isFolded(name) && (baseOf(name) === 'body' || joinsFields(name, 'form') || joinsFields(name, 'json')),
  );
}

/** Whether a text holds the URL with its query; `{target}` and `{path}` with `{sorted-query}` are as good. */
export function holdsUrl(template: string): boolean {
  return (
    ['{url}', '{url-decoded}', '{target}'].some((part) => template.includes(part)) ||
    (['{url-bare}', '{path}'].some((part) => template.includes(part)) &&
      placeholdersIn(template).some((name) => !isFolded(name) && joinsFields(name, 'query')))
  );
}

/** Names of a text's placeholders, in order. */
export function placeholdersIn(template: string): string[] {
  return template.split(PLACEHOLDER).filter((_part, index) => index % 2 === 1);
}

/** Whether the secret itself is in a text: as it is, as its digest, or sorted among others. */
export function namesSecret(template: string): boolean {
  return placeholdersIn(template).some(isOfSecret);
}

/** Whether what a placeholder of this name stands for has the secret in it. */
export function isOfSecret(name: string): boolean {
  const base = baseOf(name);
  return (
    base === 'secret' || (base.startsWith('sorted:') && base.slice('sorted:'.length).split(',').includes('secret'))
  );
}

/**
 * What in a maker's text looks like a placeholder and is none; null: all of them are understood. It would stand for
 * itself, so that one text would be signed whatever the call is. The settings of a provider are none of theirs.
 */
export function unknownPlaceholder(template: string): string | null {
  const [doubled] = /\{\{[^{}]*\}\}/.exec(template) ?? [];
  if (doubled) {
    return doubled;
  }
  for (const [index, part] of template.split(PLACEHOLDER).entries()) {
    if (index % 2 === 1 && !isOfCall(part)) {
      return `{${part}}`;
    }
    const [like] = index % 2 === 0 ? (LIKE_PLACEHOLDER.exec(part) ?? []) : [];
    if (like) {
      return like;
    }
  }
  return null;
}

const ONE_SOURCE = /^(?:header|query|json|xml|form|form-json|path):./;

function isOfCall(name: string): boolean {
  const base = baseOf(name);
  return base.startsWith('sorted:')
    ? base
        .slice('sorted:'.length)
        .split(',')
        .every((item) => item === 'secret' || ONE_SOURCE.test(item))
    : !base.startsWith('config:');
}

/** The same in every call of a webhook. */
const CONSTANT = ['method', 'secret', 'url-bare', 'path'];

/** Whether one call's signed text differs from another's; otherwise whoever has seen one signature can send anything. */
export function variesByCall(template: string): boolean {
  return placeholdersIn(template).some((name) => !CONSTANT.includes(baseOf(name)) && baseOf(name) !== 'sorted:secret');
}

/** Whether a text names only some of what another one names: it is for calls in which the rest isn't there. */
export function leavesOut(template: string, fuller: string): boolean {
  const [some, all] = [placeholdersIn(template), new Set(placeholdersIn(fuller))];
  return new Set(some).size < all.size && some.every((name) => all.has(name));
}
