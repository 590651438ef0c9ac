import { stepsOf, type Step } from '../../common/walk';

const [QUOTE, BACKSLASH, COMMA, MINUS, ZERO, NINE] = [0x22, 0x5c, 0x2c, 0x2d, 0x30, 0x39];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * The numbers at a path of a JSON document in UTF-8, in the characters they are written with: JavaScript reads `10.00` as
 * 10. As many as `walk` gives values, null for those that are none. It has to be JSON already. One pass, whatever the
 * path: nothing is kept of what isn't asked for.
 * @param max no more of them; default: all
 */
export function numbersAt(json: Buffer, path: readonly string[], max = Infinity): (string | null)[] {
  const reader = new Reader(json, stepsOf(path), max);
  reader.read(0);
  return reader.found;
}

class Reader {
  readonly found: (string | null)[] = [];
  private at = 0;

  constructor(
    private readonly json: Buffer,
    private readonly steps: readonly Step[],
    private readonly max: number,
  ) {}

  /** One value, of which so many steps lead to it. */
  read(level: number): void {
    const first = this.next();
    const step = this.steps[level];
    if (step === undefined) {
      const start = this.at;
      this.skip();
      this.found.push(isStart(first) ? this.json.toString('latin1', start, this.at) : null);
    } else if (first === OPEN_OBJECT && step !== null) {
      this.readObject(step, level + 1);
    } else if (first === OPEN_LIST) {
      this.readList(step, level + 1);
    } else {
      this.skip();
    }
  }

  /** Of a name that is there twice, the last one counts. */
  private readObject(name: string, level: number): void {
    const before = this.found.length;
    const wanted = Buffer.from(name);
    for (let next = this.enter(); next !== CLOSE_OBJECT && next !== undefined; next = this.next()) {
      if (next === COMMA) {
        this.at += 1;
        continue;
      }
      const isWanted = this.isName(name, wanted);
      this.next();
      // The colon.
      this.at += 1;
      if (isWanted) {
        this.found.length = before;
        this.read(level);
      } else {
        this.next();
        this.skip();
      }
    }
    this.at += 1;
  }

  /** Of every item, or of the one whose position is named. */
  private readList(step: Step, level: number): void {
    const position = step !== null && /^(?:0|[1-9]\d{0,9})$/.test(step) ? Number(step) : -1;
    let index = 0;
    for (let next = this.enter(); next !== CLOSE_LIST && next !== undefined; next = this.next()) {
      const before = this.found.length;
      if (next === COMMA) {
        this.at += 1;
        index += 1;
      } else if (step === null ? before < this.max : index === position) {
        this.read(level);
        if (step === null && this.found.length === before) {
          this.found.push(null);
        }
      } else {
        this.skip();
      }
    }
    this.at += 1;
  }

  /** Passes an opening bracket, and blanks. */
  private enter(): number | undefined {
    this.at += 1;
    return this.next();
  }

  /** The next byte that is no blank; undefined: it is the end. */
  private next(): number | undefined {
    let byte = this.json[this.at];
    while (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) {
      this.at += 1;
      byte = this.json[this.at];
    }
    return byte;
  }

  /** Passes a name; whether it is the one, escaped or not. */
  private isName(name: string, wanted: Buffer): boolean {
    const start = this.at;
    const isEscaped = this.skipText();
    return isEscaped
      ? JSON.parse(this.json.toString('utf8', start, this.at)) === name
      : this.at - start - 2 === wanted.length && wanted.compare(this.json, start + 1, this.at - 1) === 0;
  }

  /** Passes a text; whether there is an escape in it. */
  private skipText(): boolean {
    const { json } = this;
    let isEscaped = false;
    let at = this.at + 1;
    for (; at < json.length && json[at] !== QUOTE; at += 1) {
      if (json[at] === BACKSLASH) {
        isEscaped = true;
        at += 1;
      }
    }
    this.at = at + 1;
    return isEscaped;
  }

  /** Passes a value. */
  private skip(): void {
    const { json } = this;
    let depth = 0;
    do {
      const byte = json[this.at];
      if (byte === QUOTE) {
        this.skipText();
      } else if (isOfNumber(byte)) {
        do {
          this.at += 1;
        } while (isOfNumber(json[this.at]));
      } else {
        depth += byte === OPEN_LIST || byte === OPEN_OBJECT ? 1 : byte === CLOSE_LIST || byte === CLOSE_OBJECT ? -1 : 0;
        this.at += 1;
      }
    } while (this.at < json.length && (depth > 0 || !ENDS[json[this.at] ?? 0]));
  }
}

/** What a value ends before, where no bracket is open. */
const ENDS = Uint8Array.from({ length: 256 }, (_x, byte) => (' \t\r\n,]}'.includes(String.fromCharCode(byte)) ? 1 : 0));

function isStart(byte: number | undefined): boolean {
  return byte === MINUS || (byte !== undefined && byte >= ZERO && byte <= NINE);
}

/** Digits, `+` `-` `.` `E` `e`. */
function isOfNumber(byte: number | undefined): boolean {
  return isStart(byte) || byte === 0x2b || byte === 0x2e || byte === 0x45 || byte === 0x65;
}
