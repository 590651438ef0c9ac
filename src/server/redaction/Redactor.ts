import { REDACTED } from '../../common/deliveries';
import { isRecord } from '../../common/rules';
import type { OwnPlaces } from './OwnPlaces';
import { cutOut, plainSpansOf, spansOf, type Span } from './spans';
import { TextSearch } from './TextSearch';

/** A shorter text may stand in another by chance: it is taken out only where it is the whole value. */
const MIN_WITHIN = 8;
/** A still shorter one may be a value by chance: it is taken out only where credentials are sent. */
const MIN_WHOLE = 4;

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
    const after = cutOut(before, spansOf(before, this.texts), REPLACEMENT);
    return after === before ? text : after.toString('utf8');
  }

  /**
   * A parsed value with all that is in it, names of fields too; the same one where it holds nothing. All of its texts
   * are looked through at once: one by one takes a microsecond each, and there may be a hundred thousand.
   */
  value<T>(sent: T): T {
    const value = this.own ? this.own.value(sent) : sent;
    const texts: string[] = [];
    const holdsWhole = this.collect(value, texts);
    const joined = Buffer.from(texts.join(SEPARATOR), 'utf8');
    const spans = spansOf(joined, this.texts);
    if (!holdsWhole && spans.length === 0) {
      return value;
    }
    const redacted = redactedTexts(texts, joined, spans)[Symbol.iterator]();
    return this.rebuilt(value, (text) => redacted.next().value ?? text) as T;
  }

  /**
   * A received body in any charset that writes ASCII as ASCII, or in UTF-16; the same bytes where it holds nothing. Where
   * one can't be taken out of its own place, none of the body is left.
   */
  body(body: Buffer): Buffer {
    let kept = this.bodies.get(body);
    if (!kept) {
      const sent = this.own?.body(body) ?? body;
      const narrow = cutOut(sent, spansOf(sent, this.texts), REPLACEMENT);
      const cut = this.wideTexts.reduce(
        (rest, [texts, instead]) => cutOut(rest, plainSpansOf(rest, texts), instead),
        narrow,
      );
      kept = this.own?.isLeftIn(body, cut) ? REPLACEMENT : cut;
      this.bodies.set(body, kept);
    }
    return kept;
  }

  /**
   * Puts the texts that one may stand in into `long`, in the order in which they are rebuilt; tells whether any text or
   * number is one as a whole.
   */
  private collect(value: unknown, long: string[]): boolean {
    if (typeof value === 'string') {
      if (value.length >= this.shortest) {
        long.push(value);
      }
      return this.whole.has(value);
    }
    if (typeof value === 'number') {
      return this.hasNumber && this.whole.has(String(value));
    }
    let holdsWhole = false;
    if (Array.isArray(value)) {
      for (const item of value) {
        holdsWhole = this.collect(item, long) || holdsWhole;
      }
    } else if (isRecord(value)) {
      for (const name of Object.keys(value)) {
        holdsWhole = this.collect(name, long) || holdsWhole;
        holdsWhole = this.collect(value[name], long) || holdsWhole;
      }
    }
    return holdsWhole;
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

/**
 * The texts without what stands in the spans.
 * @param joined all of them, with a separator between
 */
function* redactedTexts(texts: readonly string[], joined: Buffer, spans: readonly Span[]): Generator<string> {
  let begin = 0;
  let index = 0;
  for (const text of texts) {
    const end = begin + Buffer.byteLength(text);
    const own: Span[] = [];
    for (let span = spans[index]; span && span[0] < end; span = spans[index]) {
      if (span[1] > begin) {
        own.push([Math.max(span[0], begin) - begin, Math.min(span[1], end) - begin]);
      }
      if (span[1] > end) {
        break;
      }
      index += 1;
    }
    yield own.length === 0 ? text : cutOut(joined.subarray(begin, end), own, REPLACEMENT).toString('utf8');
    begin = end + SEPARATOR.length;
  }
}

function swapped(bytes: Buffer): Buffer {
  return Buffer.from(bytes).swap16();
}
