import { REDACTED } from '../../common/deliveries';
import { isRecord } from '../../common/rules';
import type { OwnPlaces } from './OwnPlaces';
import { cutOut, plainSpansOf, spansOf, type Span } from './spans';
import { TextSearch } from './TextSearch';

/** A shorter text may stand in another by chance: it is taken out only where it is the whole value. */
const MIN_WITHIN = 8;
/** A still shorter one may be a value by chance: it is taken out only where credentials are sent. */
const MIN_WHOLE = 4;

/** Bytes from which on it is remembered where a text holds one. */
const LONG = 4_096;

const REPLACEMENT = Buffer.from(REDACTED);
const WIDE_REPLACEMENT = Buffer.from(REDACTED, 'utf16le');

/** What takes credentials out of the places where they were sent. */
type Own = Pick<OwnPlaces, 'text' | 'value' | 'body' | 'isLeftIn'>;

/** Between texts that are looked through together: no escape reaches across it. */
const SEPARATOR = '\0';

/**
 * Takes texts that must not be kept or shown, such as the token that has just proven the sender, out of whatever else
 * holds them: a proxy's header with the original URL, a second field of the body, a body that was read as something else.
 */
export class Redactor {
  private readonly whole: ReadonlySet<string>;
  /** Whether one of them may be sent as a number. */
  private readonly hasNumber: boolean;
  private readonly texts: TextSearch;
  /** In UTF-16, in either order of bytes, with what stands in their place. */
  private readonly wideTexts: readonly (readonly [texts: TextSearch, replacement: Buffer])[];
  /** UTF-16 units of the shortest; an escape never makes one shorter. */
  private readonly shortest: number;
  /** What became of bodies: one is looked at for the log and for the workflow. */
  private readonly bodies = new WeakMap<Buffer, Buffer>();
  /** Where long texts hold one: a body that is text is looked at as bytes, as text and as a value. */
  private readonly known: { bytes: Buffer; spans: Span[] }[] = [];

  /** @param own the places in which they were sent, out of which they go whatever their length */
  constructor(
    texts: readonly string[],
    private readonly own: Own | null = null,
  ) {
    this.whole = new Set(texts.filter((text) => text.length >= MIN_WHOLE));
    this.hasNumber = [...this.whole].some((text) => String(Number(text)) === text);
    // A form writes a space as a plus.
    const within = [...this.whole]
      .filter((text) => text.length >= MIN_WITHIN)
      .flatMap((text) => (text.includes(' ') ? [text, text.replaceAll(' ', '+')] : [text]));
    this.shortest = Math.min(...within.map(({ length }) => length));
    this.texts = new TextSearch(within.map((text) => Buffer.from(text, 'utf8')));
    const wide = within.map((text) => Buffer.from(text, 'utf16le'));
    this.wideTexts = [
      [new TextSearch(wide), WIDE_REPLACEMENT],
      [new TextSearch(wide.map(swapped)), swapped(WIDE_REPLACEMENT)],
    ];
  }

  /** Whether there is nothing to take out. */
  get isEmpty(): boolean {
    return this.whole.size === 0;
  }

  /** A text, such as a header's value or a path. */
  text(sent: string): string {
    const text = this.own?.text(sent) ?? sent;
    if (this.whole.has(text)) {
      return REDACTED;
    }
    if (text.length < this.shortest) {
      return text;
    }
    const before = Buffer.from(text, 'utf8');
    const after = cutOut(before, this.spansIn(before), REPLACEMENT);
    return after === before ? text : after.toString('utf8');
  }

  /**
   * A parsed value with all that is in it, names of fields too; the same one where it holds nothing. All of its texts
   * are looked through at once: one by one takes a microsecond each, and there may be a hundred thousand.
   */
  value<T>(sent: T): T {
    const value = this.own ? this.own.value(sent) : sent;
    if (this.isEmpty) {
      return value;
    }
    const read: ReadTexts = { holdsWhole: false, joined: '' };
    this.read(value, read);
    const joined = Buffer.from(read.joined, 'utf8');
    const spans = this.spansIn(joined);
    if (!read.holdsWhole && spans.length === 0) {
      return value;
    }
    const texts = new JoinedTexts(joined, spans);
    return this.rebuilt(value, (text) => texts.next(text)) as T;
  }

  /**
   * A received body in any charset that writes ASCII as ASCII, or in UTF-16; the same bytes where it holds nothing. Where
   * one can't be taken out of its own place, none of the body is left.
   */
  body(body: Buffer): Buffer {
    let kept = this.bodies.get(body);
    if (!kept) {
      const sent = this.own?.body(body) ?? body;
      const narrow = cutOut(sent, this.spansIn(sent), REPLACEMENT);
      const cut = this.wideTexts.reduce(
        (rest, [texts, instead]) => cutOut(rest, plainSpansOf(rest, texts), instead),
        narrow,
      );
      kept = this.own?.isLeftIn(body, cut) ? REPLACEMENT : cut;
      this.bodies.set(body, kept);
    }
    return kept;
  }

  private spansIn(bytes: Buffer): Span[] {
    if (bytes.length < LONG || this.texts.isEmpty) {
      return spansOf(bytes, this.texts);
    }
    let found = this.known.find((before) => before.bytes.equals(bytes));
    if (!found) {
      found = { bytes, spans: spansOf(bytes, this.texts) };
      this.known.push(found);
    }
    return found.spans;
  }

  /** Adds what is in a value to what was read, in the order in which it is rebuilt. */
  private read(value: unknown, read: ReadTexts): void {
    if (typeof value === 'string') {
      if (value.length >= this.shortest) {
        read.joined += read.joined === '' ? value : SEPARATOR + value;
      }
      read.holdsWhole ||= this.whole.has(value);
    } else if (typeof value === 'number') {
      read.holdsWhole ||= this.hasNumber && this.whole.has(String(value));
    } else if (Array.isArray(value)) {
      for (const item of value) {
        this.read(item, read);
      }
    } else if (isRecord(value)) {
      for (const name of Object.keys(value)) {
        this.read(name, read);
        this.read(value[name], read);
      }
    }
  }

  /** @param next what becomes of the next of the texts that were collected */
  private rebuilt(value: unknown, next: (text: string) => string): unknown {
    if (typeof value === 'string') {
      const within = value.length >= this.shortest ? next(value) : value;
      return this.whole.has(value) ? REDACTED : within;
    }
    if (typeof value === 'number') {
      return this.whole.has(String(value)) ? REDACTED : value;
    }
    if (Array.isArray(value)) {
      const items = value.map((item) => this.rebuilt(item, next));
      return items.some((item, index) => item !== value[index]) ? items : value;
    }
    if (!isRecord(value)) {
      return value;
    }
    const names = Object.keys(value);
    const kept = names.map((name) => [this.rebuilt(name, next) as string, this.rebuilt(value[name], next)] as const);
    return kept.some(([name, item], index) => name !== names[index] || item !== value[name])
      ? Object.fromEntries(kept)
      : value;
  }
}

/** The texts of a value. */
interface ReadTexts {
  /** Whether any of them, or a number, is one as a whole. */
  holdsWhole: boolean;
  /** Those that one may stand in, a separator between: to make a list of them takes longer than all the rest. */
  joined: string;
}

/** Texts that were joined, one after another without what stands in the spans. */
class JoinedTexts {
  private begin = 0;
  private index = 0;

  constructor(
    private readonly joined: Buffer,
    private readonly spans: readonly Span[],
  ) {}

  /** @param text the next of them */
  next(text: string): string {
    const { begin } = this;
    const end = begin + Buffer.byteLength(text);
    const own: Span[] = [];
    for (let span = this.spans[this.index]; span && span[0] < end; span = this.spans[this.index]) {
      if (span[1] > begin) {
        own.push([Math.max(span[0], begin) - begin, Math.min(span[1], end) - begin]);
      }
      if (span[1] > end) {
        break;
      }
      this.index += 1;
    }
    this.begin = end + SEPARATOR.length;
    return own.length === 0 ? text : cutOut(this.joined.subarray(begin, end), own, REPLACEMENT).toString('utf8');
  }
}

function swapped(bytes: Buffer): Buffer {
  return Buffer.from(bytes).swap16();
}
