import type { WebhookError } from '../../../common/errors';
import { CR, DASH, isBlank, isLayout, LF, lineBreakAt, SPACE, TAB } from './layout';
import { malformed, malformedPart, type RawPart } from './rawPart';
import { because } from '../../../common/reasons/reason';

/** Places that look like a delimiter, in any body and one more for so many bytes: what more has isn't content. */
const LOOKALIKES = { base: 20_000, bytes: 64 };

/** How a header of a part begins: what tells a delimiter that stands at the end of a line from content. */
const PART_HEADER = /^content-[a-z-]{1,40}[ \t]*:/i;
/** What may stand behind any delimiter: a header, an empty line, or nothing. */
const PART_START = /^(?:[!#$%&'*+\-.^_`|~0-9A-Za-z]+[ \t]*:|\r?\n|$)/;
const START_BYTES = 64;

/** What makes a longer boundary of one that a line begins with, such as `----=_Part_12` of `----=_Part_1`. */
const LONGER = /[0-9A-Za-z_]/;

const MARK = Buffer.from('\ufeff');

/** A delimiter: its place, with the line break before it and all up to the next line. */
export interface Delimiter {
  start: number;
  end: number;
  closes: boolean;
  /** Stands behind content, without a line break between. */
  isGlued: boolean;
}

/** The delimiters of a body, one after the other. */
export class Delimiters {
  private readonly dashed: Buffer;
  private from = 0;
  private lookalikes = 0;
  private isFirst = true;

  constructor(
    private readonly body: Buffer,
    boundary: string,
  ) {
    this.dashed = Buffer.from(`--${boundary}`, 'latin1');
  }

  /**
   * Null: there is no more. Throws `BODY_MALFORMED` for what is neither plainly a delimiter nor plainly content.
   * @param number of the part that it ends
   */
  next(number: number): Delimiter | null {
    const { body, dashed } = this;
    for (;;) {
      const at = body.indexOf(dashed, this.from);
      if (at < 0) {
        this.from = body.length;
        return null;
      }
      const found = this.delimiterAt(at, number);
      this.from = found ? found.end : at + 1;
      if (found) {
        this.isFirst = false;
        return found;
      }
      this.lookalikes += 1;
      if (this.lookalikes > LOOKALIKES.base + body.length / LOOKALIKES.bytes) {
        throw malformed(because('BODY_TOO_COMPLEX', { detail: 'boundaries' }));
      }
    }
  }

  private delimiterAt(at: number, number: number): Delimiter | null {
    const { body, dashed } = this;
    let end = at + dashed.length;
    const closes = body[end] === DASH && body[end + 1] === DASH;
    end += closes ? 2 : 0;
    // RFC 2046 calls it transport padding.
    while (body[end] === SPACE || body[end] === TAB) {
      end += 1;
    }
    const lineEnd = lineBreakAt(body, end);
    const isWhole = lineEnd > 0 || end === body.length || (closes && isLayout(body[end]));
    end += lineEnd;
    if (at === 0 || body[at - 1] === LF || (at === MARK.length && body.indexOf(MARK) === 0)) {
      if (!isWhole) {
        this.checkLonger(at, number);
        return null;
      }
      const before = at === 0 || body[at - 1] !== LF ? 0 : body[at - 2] === CR ? 2 : 1;
      return { start: at - before, end, closes, isGlued: false };
    }
    const isDelimiter = isWhole && !this.isFirst && this.endsContent(at, end, closes, number);
    return isDelimiter ? { start: at, end, closes, isGlued: true } : null;
  }

  /** A line that only begins as a delimiter does is content where its boundary is another, longer one. */
  private checkLonger(at: number, number: number): void {
    const { body, dashed, isFirst } = this;
    if (!isFirst && !LONGER.test(String.fromCharCode(body[at + dashed.length] ?? 0))) {
      const line = body.toString('latin1', at, at + dashed.length + START_BYTES).split(/[\r\n]/, 1)[0];
      throw malformedPart({ number }, 'delimiter', line);
    }
  }

  /** Whether the boundary within a line ends a part, as some cameras write it, and isn't its content. */
  private endsContent(at: number, end: number, closes: boolean, number: number): boolean {
    const { body } = this;
    const behind = body.toString('latin1', end, end + START_BYTES);
    if (closes ? !isBlank(body, end) : !PART_START.test(behind)) {
      return false;
    }
    // More dashes than are declared, or a line end that is none: what they belong to can't be told.
    const isTorn = body[at - 1] === DASH || body[at - 1] === CR;
    if (isTorn || !(closes || PART_HEADER.test(behind))) {
      throw withinLine({ number });
    }
    return true;
  }
}

/** A refusal where a part holds what may be the delimiter behind it. */
export function withinLine(part: Pick<RawPart, 'number'>): WebhookError {
  return malformedPart(part, 'withinLine');
}
