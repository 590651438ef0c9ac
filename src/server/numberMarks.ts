import { randomBytes } from 'node:crypto';

/** A number of a body that stands there as the text of its digits. */
export interface BigNumber {
  /** The object or list that it stands in; null: it is all there is. */
  holder: object | null;
  /** Its name there, or its position. */
  name: string | number;
  text: string;
}

/**
 * Tells numbers that became texts from texts that were sent, in one body: in its JSON each of them has a mark in front
 * that no sender can know. Whoever goes through what was parsed takes the marks off, and notes where they were.
 */
export class NumberMarks {
  readonly mark = randomBytes(9).toString('base64url');
  readonly numbers: BigNumber[] = [];

  /** A value without the mark, noted if it had one. */
  taken(value: unknown, holder: object | null, name: string | number): unknown {
    if (typeof value !== 'string' || !value.startsWith(this.mark)) {
      return value;
    }
    const text = value.slice(this.mark.length);
    this.numbers.push({ holder, name, text });
    return text;
  }
}
