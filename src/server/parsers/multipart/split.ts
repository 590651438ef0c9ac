import { malformed, type RawPart } from './rawPart';

const [TAB, LF, CR, SPACE, DASH] = [0x09, 0x0a, 0x0d, 0x20, 0x2d];

/** Places that look like a delimiter, in any body and one more for so many bytes: what more has isn't content. */
const LOOKALIKES = { base: 20_000, bytes: 64 };

/** How a header of a part begins: what tells a delimiter that stands at the end of a line from content. */
const HEADER = /^content-[a-z-]{1,40}[ \t]*:/i;
const HEADER_BYTES = 48;

/** A delimiter: its place, with the line break before it and all up to the next line. */
interface Delimiter {
  start: number;
  end: number;
  closes: boolean;
}

/**
 * Cuts a multipart body at its delimiters (RFC 2046 section 5.1.1), with line breaks of either kind and, as cameras send
 * it, with none behind a part's content. What stands before the first delimiter and behind the closing one is no part.
 * Throws `BODY_MALFORMED` where there is no end, or something of the body would be lost.
 * @param most parts
 */
export function splitParts(body: Buffer, boundary: string, most: number): RawPart[] {
  const delimiters = new Delimiters(body, Buffer.from(`--${boundary}`, 'latin1'));
  const parts: RawPart[] = [];
  let open = delimiters.next();
  while (open && !open.closes) {
    const close = delimiters.next();
    if (!close) {
      // Some senders end with one more delimiter that doesn't say that it is the last.
      if (parts.length > 0 && isBlank(body, open.end)) {
        return parts;
      }
      break;
    }
    parts.push({ number: parts.length + 1, start: open.end, end: Math.max(open.end, close.start) });
    if (parts.length > most) {
      throw malformed('the multipart body has too many parts');
    }
    open = close;
  }
  if (!open) {
    throw malformed('the body is not well-formed multipart: it has no delimiter with the boundary of its content type');
  }
  if (!open.closes) {
    throw malformed(`the body is not well-formed multipart: it ends within part ${parts.length + 1}`);
  }
  if (delimiters.next()) {
    throw malformed('the body is not well-formed multipart: there are parts behind its closing delimiter');
  }
  return parts;
}

/** The delimiters of a body, one after the other. */
class Delimiters {
  private from = 0;
  private lookalikes = 0;

  constructor(
    private readonly body: Buffer,
    private readonly dashed: Buffer,
  ) {}

  next(): Delimiter | null {
    const { body, dashed } = this;
    for (;;) {
      const at = body.indexOf(dashed, this.from);
      if (at < 0) {
        this.from = body.length;
        return null;
      }
      const found = this.delimiterAt(at);
      this.from = found ? found.end : at + 1;
      if (found) {
        return found;
      }
      this.lookalikes += 1;
      if (this.lookalikes > LOOKALIKES.base + body.length / LOOKALIKES.bytes) {
        throw malformed('the boundary of the multipart body is in its content too often');
      }
    }
  }

  private delimiterAt(at: number): Delimiter | null {
    const { body } = this;
    let end = at + this.dashed.length;
    const closes = body[end] === DASH && body[end + 1] === DASH;
    end += closes ? 2 : 0;
    // RFC 2046 calls it transport padding.
    while (body[end] === SPACE || body[end] === TAB) {
      end += 1;
    }
    const lineEnd = lineBreakAt(body, end);
    if (lineEnd === 0 && end < body.length && !(closes && isLayout(body[end]))) {
      return null;
    }
    if (at === 0 || body[at - 1] === LF) {
      const before = at === 0 ? 0 : body[at - 2] === CR ? 2 : 1;
      return { start: at - before, end: end + lineEnd, closes };
    }
    const isDelimiter = closes
      ? isBlank(body, end)
      : HEADER.test(body.toString('latin1', end + lineEnd, end + lineEnd + HEADER_BYTES));
    return isDelimiter ? { start: at, end: end + lineEnd, closes } : null;
  }
}

/** Bytes of the line break that begins at `at`; 0: none does. */
function lineBreakAt(body: Buffer, at: number): number {
  if (body[at] === LF) {
    return 1;
  }
  return body[at] === CR && body[at + 1] === LF ? 2 : 0;
}

function isBlank(body: Buffer, from: number): boolean {
  for (let at = from; at < body.length; at += 1) {
    if (!isLayout(body[at])) {
      return false;
    }
  }
  return true;
}

/** Blanks, line breaks, and the NUL with which programs in C end a text. */
function isLayout(byte: number | undefined): boolean {
  return byte === LF || byte === CR || byte === SPACE || byte === TAB || byte === 0;
}
