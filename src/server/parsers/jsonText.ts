import { checkComplexity } from '../boundedJson';
import { withExactNumbers } from '../jsonNumbers';
import { checkFoldedNames } from './foldedNames';
import type { BodyRules } from './types';

/** How numbers are read. */
type NumberRules = Pick<BodyRules, 'numbers' | 'marks'>;

/**
 * Parses JSON that anybody may have sent, with its numbers as the webhook wants them. Throws as `parseBounded` does,
 * and {@link checkFoldedNames}.
 */
export function parseJsonText(text: string, rules: NumberRules): unknown {
  checkComplexity(text);
  checkFoldedNames(text);
  return JSON.parse(numbersAsWanted(text, rules));
}

/** JSON, or lines of it, with numbers as texts where the webhook wants them so. Throws `JsonTooComplex`. */
export function numbersAsWanted(text: string, { numbers, marks }: NumberRules): string {
  return numbers === 'rounded' ? text : withExactNumbers(text, numbers === 'source' ? 'inexact' : 'big', marks?.mark);
}

/** An object or a list, where a text plainly is one; undefined: it isn't. Throws `JsonTooComplex`. */
export function plainJson(text: string, rules: NumberRules): unknown {
  if (!isBracketed(text)) {
    return undefined;
  }
  try {
    return parseJsonText(text, rules);
  } catch (error) {
    if (error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}

const BRACKETS: readonly string[] = ['{}', '[]'];

function isBracketed(text: string): boolean {
  let start = 0;
  let end = text.length - 1;
  while (start < end && text.charCodeAt(start) <= 32) {
    start += 1;
  }
  while (end > start && text.charCodeAt(end) <= 32) {
    end -= 1;
  }
  return BRACKETS.includes(`${text[start]}${text[end]}`);
}
