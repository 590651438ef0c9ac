import { checkComplexity } from '../boundedJson';
import { withExactNumbers } from '../jsonNumbers';
import type { BodyRules } from './types';

/**
 * Parses JSON that anybody may have sent, with its numbers as the webhook wants them. Throws as `parseBounded` does.
 */
export function parseJsonText(text: string, rules: Pick<BodyRules, 'numbers'>): unknown {
  checkComplexity(text);
  return JSON.parse(numbersAsWanted(text, rules));
}

/** JSON, or lines of it, with numbers as texts where the webhook wants them so. */
export function numbersAsWanted(text: string, { numbers }: Pick<BodyRules, 'numbers'>): string {
  return numbers === 'rounded' ? text : withExactNumbers(text, numbers === 'source' ? 'all' : 'big');
}

/** An object or a list, where a text plainly is one; undefined: it isn't. Throws `JsonTooComplex`. */
export function plainJson(text: string, rules: Pick<BodyRules, 'numbers'>): unknown {
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
