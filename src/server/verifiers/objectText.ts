/** How a JSON object is written anew. */
export interface ObjectTextOptions {
  /** By name, in all objects, in the order of UTF-16; otherwise as they came. */
  isSorted: boolean;
  /** Names of the whole object's that are left out. */
  without: readonly string[];
}

/**
 * A JSON object without the white space between its parts, each text and number in the characters that it came with.
 * Null: it is a list, or a name is there twice, so that what is signed does not say which counts.
 * @param json a JSON document of bounded depth
 */
export function objectText(json: string, options: ObjectTextOptions): string | null {
  const reader = new Reader(json, options.isSorted);
  const text = reader.whole(options.without);
  return reader.hasRepeats || !text.startsWith('{') ? null : text;
}

const SPACE = 0x20;
/** What a number, `true`, `false` or `null` ends before, beside white space. */
const [COMMA, CLOSE_LIST, CLOSE_OBJECT] = [0x2c, 0x5d, 0x7d];

const NONE: readonly string[] = [];

/**
 * Reads what is JSON already, in one pass, and copies it from white space to white space; sorting takes as many steps as
 * names take to be sorted. A list of the pieces would take longer than all the rest to grow.
 */
class Reader {
  hasRepeats = false;
  private at = 0;
  private written = '';
  /** Up to where the text was copied, or left out. */
  private copied = 0;

  constructor(
    private readonly json: string,
    private readonly isSorted: boolean,
  ) {}

  whole(without: readonly string[]): string {
    this.value(without);
    this.copy();
    return this.written;
  }

  private value(without = NONE): void {
    this.skipSpace();
    switch (this.json[this.at]) {
      case '{':
        this.object(without);
        break;
      case '[':
        this.eachUntil(']', () => this.value());
        break;
      case '"':
        this.text();
        break;
      default:
        this.literal();
    }
  }

  private object(without: readonly string[]): void {
    if (this.isSorted || without.length > 0) {
      this.rewrittenObject(without);
      return;
    }
    let first: string | undefined;
    let names: Set<string> | undefined;
    this.eachUntil('}', () => {
      const name = this.member();
      if (first === undefined) {
        first = name;
        return;
      }
      names ??= new Set([first]);
      this.hasRepeats ||= names.has(name);
      names.add(name);
    });
  }

  private rewrittenObject(without: readonly string[]): void {
    // Up to its bracket.
    this.copy();
    const before = this.written;
    const members = new Map<string, string>();
    this.eachUntil('}', () => {
      this.written = '';
      this.copied = this.at;
      const name = this.member();
      this.copy();
      this.hasRepeats ||= members.has(name);
      members.set(name, this.written);
    });
    const names = [...members.keys()].filter((name) => !without.includes(name));
    let inside = '';
    for (const name of this.isSorted ? names.sort() : names) {
      inside += `${inside === '' ? '' : ','}${members.get(name)}`;
    }
    this.written = `${before}{${inside}}`;
    this.copied = this.at;
  }

  /** Passes a name with its value; the name. */
  private member(): string {
    const start = this.at;
    this.text();
    const written = this.json.slice(start, this.at);
    this.skipSpace();
    this.at += 1;
    this.value();
    return written.includes('\\') ? (JSON.parse(written) as string) : written.slice(1, -1);
  }

  /** From an opening bracket to behind the closing one, a part at a time. */
  private eachUntil(end: string, read: () => void): void {
    this.at += 1;
    this.skipSpace();
    while (this.at < this.json.length && this.json[this.at] !== end) {
      read();
      this.skipSpace();
      if (this.json[this.at] === ',') {
        this.at += 1;
        this.skipSpace();
      }
    }
    this.at += 1;
  }

  private text(): void {
    this.at += 1;
    while (this.at < this.json.length && this.json[this.at] !== '"') {
      this.at += this.json[this.at] === '\\' ? 2 : 1;
    }
    this.at += 1;
  }

  private literal(): void {
    this.at += 1;
    while (this.at < this.json.length && !isEnd(this.json.charCodeAt(this.at))) {
      this.at += 1;
    }
  }

  /** Leaves out white space: it is JSON, so that no other unit up to a space's stands between its parts. */
  private skipSpace(): void {
    if (this.json.charCodeAt(this.at) > SPACE || this.at >= this.json.length) {
      return;
    }
    this.copy();
    while (this.json.charCodeAt(this.at) <= SPACE) {
      this.at += 1;
    }
    this.copied = this.at;
  }

  /** Copies what was passed since the last time. */
  private copy(): void {
    if (this.at > this.copied) {
      this.written += this.json.slice(this.copied, this.at);
      this.copied = this.at;
    }
  }
}

function isEnd(unit: number): boolean {
  return unit <= SPACE || unit === COMMA || unit === CLOSE_LIST || unit === CLOSE_OBJECT;
}
