import { WebhookError } from '../../common/errors';
import { because } from '../../common/reasons/reason';

/** What bytes and escapes that make no character become, as JSON may write it. */
const REPLACEMENT = '\ufffd';
const ESCAPED = /\\ufffd/i;

/** Names in one text that hold it: nobody sends as many. */
const MAX_FOLDED = 1_000;

const [QUOTE, BACKSLASH, OPEN_OBJECT, CLOSE_OBJECT, COLON, SPACE] = [34, 92, 123, 125, 58, 32];

/**
 * Throws `BODY_MALFORMED` where two names in an object of a JSON text, or lines of it, are the same and hold U+FFFD: they
 * were two before their bytes were read, and the last would count alone. What is no JSON is for the parser to refuse.
 */
export function checkFoldedNames(text: string): void {
  if (!text.includes(REPLACEMENT)) {
    return;
  }
  const namesAt: (Set<string> | undefined)[] = [];
  let folded = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === OPEN_OBJECT) {
      depth += 1;
      namesAt[depth] = undefined;
    } else if (code === CLOSE_OBJECT) {
      depth -= 1;
    } else if (code === QUOTE) {
      const end = endOfString(text, at + 1);
      const written = isName(text, end + 1) ? text.slice(at + 1, end) : '';
      if (written.includes(REPLACEMENT) || ESCAPED.test(written)) {
        folded += 1;
        note((namesAt[depth] ??= new Set()), written);
      }
      at = end;
    }
    if (folded > MAX_FOLDED) {
      throw new WebhookError('BODY_MALFORMED', { reason: because('BODY_TOO_COMPLEX', { detail: 'unreadable' }) });
    }
  }
}

function note(names: Set<string>, written: string): void {
  const name = unescaped(written);
  if (names.has(name)) {
    throw oneName(name);
  }
  names.add(name);
}

/** A refusal where two names can't be told apart any more. */
export function oneName(name: string): WebhookError {
  return new WebhookError('BODY_MALFORMED', { reason: because('NAMES_COLLIDE', { name }) });
}

function unescaped(written: string): string {
  try {
    return String(JSON.parse(`"${written}"`));
  } catch {
    return written;
  }
}

function endOfString(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) {
    at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  }
  return at;
}

/** Whether a colon follows. */
function isName(text: string, from: number): boolean {
  let at = from;
  while (text.charCodeAt(at) <= SPACE) {
    at += 1;
  }
  return text.charCodeAt(at) === COLON;
}
