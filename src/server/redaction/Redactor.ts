import { REDACTED } from '../../common/deliveries';
import { isRecord } from '../../common/rules';
import { replaceTexts } from './replaceTexts';

/** A shorter text may stand in another by chance: it is taken out only where it is the whole value. */
const MIN_WITHIN = 8;
/** A still shorter one may be a value by chance: it is taken out only where credentials are sent. */
const MIN_WHOLE = 4;

const REPLACEMENT = Buffer.from(REDACTED);
const WIDE_REPLACEMENT = Buffer.from(REDACTED, 'utf16le');

/**
 * Takes texts that must not be kept or shown, such as the token that has just proven the sender, out of whatever else
 * holds them: a proxy's header with the original URL, a second field of the body, a body that was read as something else.
 */
export class Redactor {
  private readonly whole: ReadonlySet<string>;
  private readonly texts: readonly Buffer[];
  /** In UTF-16. */
  private readonly wideTexts: readonly Buffer[];
  /** UTF-16 units of the shortest; an escape never makes one shorter. */
  private readonly shortest: number;

  constructor(texts: readonly string[]) {
    this.whole = new Set(texts.filter((text) => text.length >= MIN_WHOLE));
    // Of two that begin alike, the longer one first. A form writes a space as a plus.
    const within = [...this.whole]
      .filter((text) => text.length >= MIN_WITHIN)
      .sort((a, b) => b.length - a.length)
      .flatMap((text) => (text.includes(' ') ? [text, text.replaceAll(' ', '+')] : [text]));
    this.shortest = Math.min(...within.map(({ length }) => length));
    this.texts = within.map((text) => Buffer.from(text, 'utf8'));
    this.wideTexts = within.map((text) => Buffer.from(text, 'utf16le'));
  }

  /** Whether there is nothing to take out. */
  get isEmpty(): boolean {
    return this.whole.size === 0;
  }

  /** A text, such as a header's value or a path. */
  text(text: string): string {
    if (this.whole.has(text)) {
      return REDACTED;
    }
    if (text.length < this.shortest) {
      return text;
    }
    const before = Buffer.from(text, 'utf8');
    const after = replaceTexts(before, this.texts, REPLACEMENT);
    return after === before ? text : after.toString('utf8');
  }

  /** A parsed value with all that is in it, names of fields too; the same one where it holds nothing. */
  value<T>(value: T): T {
    return this.mayHold(value) ? (this.walk(value) as T) : value;
  }

  /**
   * Whether any of the texts is somewhere in a value, looked for in all of its texts at once: one by one takes a
   * microsecond each, and there may be a hundred thousand. Between two stands a NUL, which no escape reaches across.
   */
  private mayHold(value: unknown): boolean {
    const long: string[] = [];
    const open: unknown[] = [value];
    while (open.length > 0) {
      const part = open.pop();
      if (typeof part === 'string' || typeof part === 'number') {
        const text = String(part);
        if (this.whole.has(text)) {
          return true;
        }
        if (text.length >= this.shortest) {
          long.push(text);
        }
      } else if (Array.isArray(part)) {
        // Not spread: a list may be longer than a call has room for.
        part.forEach((item) => open.push(item));
      } else if (isRecord(part)) {
        for (const [name, inner] of Object.entries(part)) {
          open.push(name, inner);
        }
      }
    }
    const joined = Buffer.from(long.join('\0'), 'utf8');
    return replaceTexts(joined, this.texts, REPLACEMENT) !== joined;
  }

  /** A received body in any charset that writes ASCII as ASCII, or in UTF-16; the same bytes where it holds nothing. */
  body(body: Buffer): Buffer {
    const narrow = this.texts.length === 0 ? body : replaceTexts(body, this.texts, REPLACEMENT);
    return this.wideTexts.reduce(withoutWide, narrow);
  }

  private walk(value: unknown): unknown {
    if (typeof value === 'string') {
      return this.text(value);
    }
    if (typeof value === 'number') {
      return this.whole.has(String(value)) ? REDACTED : value;
    }
    if (Array.isArray(value)) {
      const items = value.map((item) => this.walk(item));
      return items.some((item, index) => item !== value[index]) ? items : value;
    }
    if (!isRecord(value)) {
      return value;
    }
    const entries = Object.entries(value);
    const kept = entries.map(([name, item]) => [this.text(name), this.walk(item)] as const);
    return kept.some(([name, item], index) => name !== entries[index]?.[0] || item !== entries[index]?.[1])
      ? Object.fromEntries(kept)
      : value;
  }
}

/** In either order of bytes. */
function withoutWide(body: Buffer, text: Buffer): Buffer {
  return replacePlain(replacePlain(body, text, WIDE_REPLACEMENT), swapped(text), swapped(WIDE_REPLACEMENT));
}

function swapped(bytes: Buffer): Buffer {
  return Buffer.from(bytes).swap16();
}

function replacePlain(body: Buffer, text: Buffer, replacement: Buffer): Buffer {
  const pieces: Buffer[] = [];
  let from = 0;
  for (let at = body.indexOf(text); at !== -1; at = body.indexOf(text, from)) {
    pieces.push(body.subarray(from, at), replacement);
    from = at + text.length;
  }
  return pieces.length === 0 ? body : Buffer.concat([...pieces, body.subarray(from)]);
}
