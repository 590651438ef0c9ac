import { toText, type Filling } from '../../templates/render';

/** Characters of a value in a header: no client takes much more, and what comes behind is left out. */
const MAX_IN_HEADER = 4_000;

/** How many times as long a character takes in a header as elsewhere: it may have to be written in nine. */
const HEADER_WEIGHT = 50;

/**
 * A header's value with its variables filled in.
 * @param escape makes each value safe that is filled in
 */
export function fieldText(template: string, filling: Filling, escape?: (text: string) => string): string {
  const fill = (value: string): string => (escape ? escape(beginning(value)) : beginning(value));
  return encoded(filling.renderText(template, fill, HEADER_WEIGHT));
}

/** A value that is a whole header. */
export function fieldOf(value: unknown): string {
  return encoded(beginning(toText(value)));
}

/** A text that can't end a header's line: what HTTP doesn't allow there is percent-encoded (RFC 9110 section 5.5). */
export function encoded(text: string): string {
  return text.replace(/[^\t\x20-\x7e]/gu, percentEncoded);
}

function beginning(text: string): string {
  return text.length > MAX_IN_HEADER ? text.slice(0, MAX_IN_HEADER) : text;
}

/** UTF-8 bytes as `%XX`; unlike `encodeURIComponent`, no lone surrogate makes it throw. */
export function percentEncoded(character: string): string {
  return Buffer.from(character).toString('hex').toUpperCase().replace(/../g, '%$&');
}
