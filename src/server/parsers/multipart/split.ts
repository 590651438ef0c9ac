import { Delimiters, withinLine, type Delimiter } from './delimiters';
import { isBlank } from './layout';
import { passOver } from './outside';
import { malformed, malformedPart, type RawPart } from './rawPart';
import { because } from '../../../common/reasons/reason';

/**
 * Cuts a multipart body at its delimiters (RFC 2046 section 5.1.1), with line breaks of either kind and, as cameras send
 * it, with none behind the content of any part. Throws `BODY_MALFORMED` where there is no end, where it can't be told
 * what is a delimiter, or where something before the first or behind the last would be lost.
 * @param most parts
 */
export function splitParts(body: Buffer, boundary: string, most: number): RawPart[] {
  const delimiters = new Delimiters(body, boundary);
  const parts: RawPart[] = [];
  const first = delimiters.next(1);
  if (!first) {
    throw malformed(because('MULTIPART_MALFORMED', { detail: 'delimiter' }));
  }
  passOver(body.subarray(0, first.start), boundary, 'before');
  const lines = new Lines();
  let open = first;
  while (!open.closes) {
    const number = parts.length + 1;
    const close = delimiters.next(number);
    if (!close) {
      // Some senders end with one more delimiter that doesn't say that it is the last.
      if (parts.length > 0 && isBlank(body, open.end)) {
        return parts;
      }
      throw malformedPart({ number }, 'end');
    }
    const part = { number, start: open.end, end: Math.max(open.end, close.start) };
    lines.check(part, close, body);
    parts.push(part);
    if (parts.length > most) {
      throw malformed(because('BODY_TOO_COMPLEX', { detail: 'fields' }));
    }
    open = close;
  }
  passOver(body.subarray(open.end), boundary, 'behind');
  return parts;
}

/** Whether the delimiters behind the first stand on lines of their own: they all do, or none of them does. */
class Lines {
  private own = false;
  private within: RawPart | null = null;

  check(part: RawPart, { isGlued, closes }: Delimiter, body: Buffer): void {
    this.own ||= !isGlued;
    // The closing one ends the body, and can't be anything else.
    this.within ??= isGlued && !closes && !endsByLength(part, body) ? part : null;
    if (this.own && this.within) {
      throw withinLine(this.within);
    }
  }
}

/** Bytes of headers that are looked at. */
const MAX_HEADERS = 4_096;

/** Whether a part's own `Content-Length`, which cameras send, says that it ends there. */
function endsByLength({ start, end }: RawPart, body: Buffer): boolean {
  const text = body.toString('latin1', start, Math.min(end, start + MAX_HEADERS));
  const empty = /\r?\n\r?\n/.exec(text);
  const length = /^content-length[ \t]*:[ \t]*(\d{1,15})[ \t]*$/im.exec(text.slice(0, empty?.index ?? 0))?.[1];
  return empty !== null && start + empty.index + empty[0].length + Number(length) === end;
}
