import { WebhookError } from '../../../../src/common/errors';
import { parseBody } from '../../../../src/server/parsers';
import type { BodyRules } from '../../../../src/server/parsers/types';

/** Levels of nesting that the tests allow. */
export const MAX_DEPTH = 90;

/** How a webhook reads bodies of which nothing is set. */
export const RULES: BodyRules = {
  maxDepth: MAX_DEPTH,
  readAs: 'auto',
  charset: null,
  numbers: 'text',
  emptyAsNull: false,
  jsonFields: [],
};

/** `data` of a body; text is taken as UTF-8. */
export function dataOf(body: string | Buffer, type?: string, rules: Partial<BodyRules> = {}): unknown {
  return parseBody(Buffer.from(body as string), type, { ...RULES, ...rules }).data;
}

/** The code that a body is refused with; null: it is taken. */
export function codeOf(body: string | Buffer, type?: string, rules: Partial<BodyRules> = {}): string | null {
  try {
    parseBody(Buffer.from(body as string), type, { ...RULES, ...rules });
    return null;
  } catch (error) {
    if (error instanceof WebhookError) {
      return error.code;
    }
    throw error;
  }
}
