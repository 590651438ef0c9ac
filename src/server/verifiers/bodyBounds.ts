import type { SignatureScheme } from '../../common/presets';
import { baseOf, contentTemplates, stepsOf } from '../../common/signedText';
import { isAsOften } from '../linearSearch';
import type { Sources } from './Sources';
import { fill, partsOf } from './template';

/** Parts of one length, or of a form of their own: nothing of a body passes for a piece of them. */
const FIXED: ReadonlySet<string> = new Set(['ts', 'method', 'secret']);

/** A digest of anything is of one length too. */
const DIGEST = /^(?:md5|sha\d+)(?:-\w+)?$/;

/** Stands for a part in which no separator can be. */
const OPAQUE = '\0';

/**
 * Whether what is signed can be taken apart in one way only. URL, headers and body are joined without escaping, so that
 * who has seen a call could move a piece of one into the other, under the same signature. Of a JSON object or list
 * nobody can: what is left of one is none, nor is one with something before or behind it.
 */
export function isBodyBounded(scheme: SignatureScheme, sources: Sources): boolean {
  return (
    contentTemplates(scheme).every((template) => hasClearBounds(template, scheme, sources)) ||
    sources.isJsonObjectOrList()
  );
}

function hasClearBounds(template: string, scheme: SignatureScheme, sources: Sources): boolean {
  const parts = partsOf(template);
  const at = parts.findIndex((part, index) => index % 2 === 1 && baseOf(part) === 'body' && !isDigest(part));
  return (
    at === -1 ||
    (isClear(parts.slice(0, at), parts[at - 1] ?? '', scheme, sources) &&
      isClear(parts.slice(at + 1), parts[at + 1] ?? '', scheme, sources))
  );
}

/**
 * Whether the text next to the body is there no more often than the template itself has it.
 * @param parts text and placeholders in turns, on one side of the body, text at either end
 */
function isClear(parts: readonly string[], separator: string, scheme: SignatureScheme, sources: Sources): boolean {
  const values = parts.map((part, index) =>
    index % 2 === 0 || FIXED.has(part) || isDigest(part) ? null : valueOf(part, scheme, sources),
  );
  // What stands beside the signature is nothing that is known here.
  if (parts.some((part, index) => index % 2 === 1 && baseOf(part).startsWith('sig:'))) {
    return false;
  }
  if (values.every((value) => value === null)) {
    return true;
  }
  if (separator === '') {
    // Of a body that is none, nothing may stand elsewhere: it would have begun with a bracket.
    return sources.request.rawBody.length === 0 && values.every((value) => !/[{[]/.test(value ?? ''));
  }
  const texts = parts.map((part, index) => (index % 2 === 0 ? part : OPAQUE));
  const received = texts.map((text, index) => values[index] ?? text);
  return isAsOften(separator, received.join(''), texts.join(''));
}

function isDigest(name: string): boolean {
  return stepsOf(name).some((step) => DIGEST.test(step));
}

function valueOf(name: string, { headers }: SignatureScheme, sources: Sources): string {
  const value = fill(name, { sources, ts: null, secret: '', headers });
  return typeof value === 'string' ? value : '';
}
