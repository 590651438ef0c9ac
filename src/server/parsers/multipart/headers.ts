import { malformedPart, type RawPart } from './rawPart';

/** Bytes of a part's headers together: 16 times what browsers send. */
const MAX_HEADERS = 16_384;
const MAX_LINES = 100;

const [LF, CR] = [0x0a, 0x0d];
const FIELD = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+)[ \t]*:[ \t]*(.*)$/s;

export interface PartHeaders {
  /** Values by lower-case name, a byte a character; of one that is there twice the first. */
  values: ReadonlyMap<string, string>;
  /** Where the content begins. */
  contentStart: number;
}

/**
 * Reads the headers of a part (RFC 5322, folded lines too), with line breaks of either kind. A part may have none, and
 * may end with them: its content is empty then. Throws `BODY_MALFORMED` for a line that is no header.
 */
export function readHeaders(body: Buffer, part: RawPart): PartHeaders {
  const lines: string[] = [];
  let at = part.start;
  while (at < part.end) {
    const found = body.indexOf(LF, at);
    const lineEnd = found < 0 || found >= part.end ? part.end : found;
    const next = Math.min(part.end, lineEnd + 1);
    const contentEnd = lineEnd > at && body[lineEnd - 1] === CR ? lineEnd - 1 : lineEnd;
    if (contentEnd === at) {
      at = next;
      break;
    }
    if (next - part.start > MAX_HEADERS || lines.length >= MAX_LINES) {
      throw malformedPart(part, 'has too many or too long headers');
    }
    addLine(lines, body.toString('latin1', at, contentEnd), part);
    at = next;
  }
  const values = new Map<string, string>();
  for (const line of lines) {
    const [, name = '', value = ''] = FIELD.exec(line) ?? [];
    if (!values.has(name.toLowerCase())) {
      values.set(name.toLowerCase(), value.trim());
    }
  }
  return { values, contentStart: at };
}

function addLine(lines: string[], line: string, part: RawPart): void {
  const isFolded = line.startsWith(' ') || line.startsWith('\t');
  const before = lines.at(-1);
  if (isFolded && before !== undefined) {
    lines[lines.length - 1] = `${before} ${line.trim()}`;
  } else if (FIELD.test(line)) {
    lines.push(line);
  } else {
    throw malformedPart(part, 'has a line among its headers that is none', line);
  }
}
