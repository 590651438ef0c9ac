export const [TAB, LF, CR, SPACE, DASH] = [0x09, 0x0a, 0x0d, 0x20, 0x2d];

/** Blanks, line breaks, and the NUL with which programs in C end a text. */
export function isLayout(byte: number | undefined): boolean {
  return byte === LF || byte === CR || byte === SPACE || byte === TAB || byte === 0;
}

/** Whether there is nothing but layout from `from` on. */
export function isBlank(body: Buffer, from: number): boolean {
  for (let at = from; at < body.length; at += 1) {
    if (!isLayout(body[at])) {
      return false;
    }
  }
  return true;
}

/** Bytes of the line break that begins at `at`; 0: none does. */
export function lineBreakAt(body: Buffer, at: number): number {
  if (body[at] === LF) {
    return 1;
  }
  return body[at] === CR && body[at + 1] === LF ? 2 : 0;
}
