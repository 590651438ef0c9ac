import { malformedPart, type RawPart } from './rawPart';

/** Bytes of a part's headers together: 16 times what browsers send. */
const MAX_HEADERS = 16_384;
const MAX_LINES = 100;

const [LF, CR] = [0x0a, 0x0d];
/** A URL is none, though it begins as one. */
const FIELD = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+)[ \t]*:(?!\/\/)(.*)$/s;

/** What all headers are called that RFC 7578 knows: lines of a content that no empty line parts from them are not. */
const PART_FIELD = /^content-/i;
/** Headers that say what a part is: it can't be two things. */
const SAID_ONCE: readonly string[] = ['content-disposition', 'content-type', 'content-transfer-encoding'];
const FIRST_FIELD = /^\s*content-(?:disposition|type)[ \t]*:/i;
const FIRST_FIELD_BYTES = 40;

export interface PartHeaders {
  /** Values by lower-case name, a byte a character; of one that is there twice the first. */
  values: ReadonlyMap<string, string>;
  /** Where the content begins. */
  contentStart: number;
}

/**
 * Reads the headers of a part (RFC 5322, folded lines too), with line breaks of either kind. A part may have none, and
 * may end with them: its content is empty then. Throws `BODY_MALFORMED` for a line that is no header, and where it can't be
 * told which lines are headers.
 */
export function readHeaders(body: Buffer, part: RawPart): PartHeaders {
  const lines: string[] = [];
  let at = part.start;
  let isParted = false;
  while (at < part.end) {
    const found = body.indexOf(LF, at);
    const lineEnd = found < 0 || found >= part.end ? part.end : found;
    const next = Math.min(part.end, lineEnd + 1);
    const contentEnd = lineEnd > at && body[lineEnd - 1] === CR ? lineEnd - 1 : lineEnd;
    if (contentEnd === at) {
      at = next;
      isParted = true;
      break;
    }
    if (next - part.start > MAX_HEADERS || lines.length >= MAX_LINES) {
      throw malformedPart(part, 'headersTooLong');
    }
    addLine(lines, body.toString('latin1', at, contentEnd), part);
    at = next;
  }
  const stray = isParted ? undefined : lines.find((line) => !PART_FIELD.test(line));
  if (stray !== undefined) {
    throw malformedPart(part, 'noEmptyLine', stray);
  }
  if (lines.length === 0 && FIRST_FIELD.test(body.toString('latin1', at, Math.min(part.end, at + FIRST_FIELD_BYTES)))) {
    throw malformedPart(part, 'emptyLine');
  }
  return { values: valuesOf(lines, part), contentStart: at };
}

function valuesOf(lines: readonly string[], part: RawPart): Map<string, string> {
  const values = new Map<string, string>();
  for (const line of lines) {
    const [, name = '', sent = ''] = FIELD.exec(line) ?? [];
    const [key, value] = [name.toLowerCase(), sent.trim()];
    const before = values.get(key);
    if (before !== undefined && before !== value && SAID_ONCE.includes(key)) {
      throw malformedPart(part, 'headerTwice', line);
    }
    values.set(key, before ?? value);
  }
  return values;
}

function addLine(lines: string[], line: string, part: RawPart): void {
  const isFolded = line.startsWith(' ') || line.startsWith('\t');
  const before = lines.at(-1);
  if (isFolded && before !== undefined) {
    lines[lines.length - 1] = `${before} ${line.trim()}`;
  } else if (FIELD.test(line)) {
    lines.push(line);
  } else {
    throw malformedPart(part, 'noHeader', line);
  }
}
