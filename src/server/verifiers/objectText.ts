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
  const text = reader.value(options.without);
  return reader.hasRepeats || !text.startsWith('{') ? null : text;
}

const unitsOf = (text: string): ReadonlySet<number> => new Set([...text].map((unit) => unit.charCodeAt(0)));
const SPACE = unitsOf(' \t\r\n');
/** What a number, `true`, `false` or `null` ends before. */
const ENDS = unitsOf(' \t\r\n,]}');

/** Reads what is JSON already, in one pass; sorting takes as many steps as names take to be sorted. */
class Reader {
  hasRepeats = false;
  private at = 0;

  constructor(
    private readonly json: string,
    private readonly isSorted: boolean,
  ) {}

  value(without: readonly string[] = []): string {
    this.skipSpace();
    switch (this.json[this.at]) {
      case '{':
        return `{${this.members(without).join(',')}}`;
      case '[':
        return `[${this.items().join(',')}]`;
      case '"':
        return this.text();
      default:
        return this.literal();
    }
  }

  private members(without: readonly string[]): string[] {
    const members: [name: string, text: string][] = [];
    const names = new Set<string>();
    this.eachUntil('}', () => {
      const written = this.text();
      const name = written.includes('\\') ? (JSON.parse(written) as string) : written.slice(1, -1);
      this.hasRepeats ||= names.has(name);
      names.add(name);
      this.skipSpace();
      this.at += 1;
      const text = `${written}:${this.value()}`;
      if (!without.includes(name)) {
        members.push([name, text]);
      }
    });
    const ordered = this.isSorted ? members.sort(([left], [right]) => (left < right ? -1 : 1)) : members;
    return ordered.map(([, text]) => text);
  }

  private items(): string[] {
    const items: string[] = [];
    this.eachUntil(']', () => items.push(this.value()));
    return items;
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

  private text(): string {
    const start = this.at;
    this.at += 1;
    while (this.at < this.json.length && this.json[this.at] !== '"') {
      this.at += this.json[this.at] === '\\' ? 2 : 1;
    }
    this.at += 1;
    return this.json.slice(start, this.at);
  }

  private literal(): string {
    const start = this.at;
    this.at += 1;
    while (this.at < this.json.length && !ENDS.has(this.json.charCodeAt(this.at))) {
      this.at += 1;
    }
    return this.json.slice(start, this.at);
  }

  private skipSpace(): void {
    while (SPACE.has(this.json.charCodeAt(this.at))) {
      this.at += 1;
    }
  }
}
