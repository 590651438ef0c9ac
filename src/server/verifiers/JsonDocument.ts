import { walk } from '../../common/walk';
import { parseUnverified } from '../boundedJson';
import { withExactNumbers } from '../jsonNumbers';
import { numbersAt } from './numbersAt';

/**
 * A JSON document of a request, read once. What is no JSON, or too complex to be a provider's, holds nothing.
 */
export class JsonDocument {
  /** Undefined: it is none. Its numbers may have lost digits. */
  readonly value: unknown;

  /** @param reading called before each pass over the document, with its length in bytes; may throw */
  constructor(
    private readonly bytes: Buffer,
    private readonly reading: (bytes: number) => void,
  ) {
    this.value = parsedOnce(bytes);
  }

  /** Whether anything is at a path. */
  has(path: readonly string[]): boolean {
    return walk(this.value, path, 1).length > 0;
  }

  /**
   * The values at a path, numbers beyond 2^53 as texts; null stands for an item of a list that lacks it.
   * @param max no more of them; default: all
   */
  at(path: readonly string[], max?: number): unknown[] {
    const values = walk(this.value, path, max);
    if (!values.some(isBeyond)) {
      return values;
    }
    const written = this.numbersAt(path, max);
    return values.map((value, index) => (isBeyond(value) ? exactly(value, written[index]) : value));
  }

  /**
   * The values at a path as they are written: `10.00`, `true`, `null`, and texts as texts. Null: there is none, or it is
   * a list or an object. The digits of numbers are read only where one is asked for.
   */
  writtenAt(path: readonly string[], max?: number): (string | null)[] {
    const values = walk(this.value, path, max);
    const isNumber = values.some((value) => typeof value === 'number');
    const written = isNumber ? this.numbersAt(path, max) : [];
    const isInList = path.some((step) => step.endsWith('[]'));
    return values.map((value, index) => {
      switch (typeof value) {
        case 'string':
          return value;
        case 'number':
          return written[index] ?? null;
        default:
          return typeof value === 'boolean' || (value === null && !isInList) ? String(value) : null;
      }
    });
  }

  private numbersAt(path: readonly string[], max: number | undefined): (string | null)[] {
    this.reading(this.bytes.length);
    return numbersAt(this.bytes, path, max);
  }
}

/** By the body. Whatever is parsed may go as soon as nobody uses it: it is many times as large as its text. */
const PARSED = new WeakMap<Buffer, WeakRef<object>>();

/** What looks for the credential, and later what takes it out of what is kept, read the same body. */
function parsedOnce(bytes: Buffer): unknown {
  const known = PARSED.get(bytes)?.deref();
  if (known) {
    return known;
  }
  const value = parseUnverified(bytes.toString('utf8'));
  if (typeof value === 'object' && value !== null) {
    PARSED.set(bytes, new WeakRef(value));
  }
  return value;
}

function isBeyond(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER;
}

/** As the workflow gets it: in the digits that were sent where it would lose some, or is whole. */
function exactly(value: number, written: string | null | undefined): string | number | null {
  const exact = typeof written === 'string' ? withExactNumbers(written, 'big') : null;
  return exact === null ? null : exact === written ? value : (written ?? null);
}
