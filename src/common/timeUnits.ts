// Framework-free: how senders write the time that they sign. The one table of units.

/** Digits of a time that is a number, in milliseconds until the year 5138; more than that is no time. */
const NUMBER = /^\d{1,14}$/;

/** RFC 3339 section 5.6, with any fraction of a second that a clock has. */
const RFC3339 =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])[Tt ](?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d{1,9})?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** Digits of a time in seconds; milliseconds have had more since 1973. */
const MAX_SECONDS = 11;

interface UnitRow {
  /** English, and the i18n key. */
  label: string;
  /** The time in unix seconds; null: it isn't written so. */
  parse: (text: string) => number | null;
  /** A time as a sender writes it now. */
  write: (seconds: number) => string;
  /**
   * What a time must look like where nothing bounds it: it must not be possible to move digits between it and what is
   * signed next to it, such as Mailgun's token, by which a repeat is known. Numbers are from 2001 to 2286, all of one length.
   */
  unchecked: RegExp;
  /** Writes the present time in a POSIX shell. */
  shell: string;
}

const numbers = (perSecond: number) => ({
  parse: (text: string) => (NUMBER.test(text) ? Number(text) / perSecond : null),
  write: (seconds: number) => String(Math.round(seconds * perSecond)),
});

/** Every unit, by the name that `ts.unit` holds. */
export const TIME_UNITS = {
  s: { label: 'seconds since 1970', ...numbers(1), unchecked: /^\d{10}$/, shell: '$(date +%s)' },
  ms: { label: 'milliseconds since 1970', ...numbers(1000), unchecked: /^\d{13}$/, shell: '$(date +%s)000' },
  // Of senders whose documentation says the one and shows the other: the numbers of our days are 10 or 13 digits long.
  unix: {
    label: 'seconds or milliseconds since 1970',
    parse: (text) => (NUMBER.test(text) ? Number(text) / (text.length > MAX_SECONDS ? 1000 : 1) : null),
    write: (seconds) => String(Math.round(seconds)),
    unchecked: /^(?:\d{10}|\d{13})$/,
    shell: '$(date +%s)',
  },
  rfc3339: {
    label: 'date and time (RFC 3339)',
    parse: (text) => (RFC3339.test(text) ? secondsOf(text) : null),
    write: (seconds) => new Date(seconds * 1000).toISOString(),
    unchecked: RFC3339,
    shell: '$(date -u +%Y-%m-%dT%H:%M:%SZ)',
  },
} as const satisfies Record<string, UnitRow>;

export type TimeUnit = keyof typeof TIME_UNITS;

/** Every unit's name; the default first. */
export const TIME_UNIT_NAMES = Object.keys(TIME_UNITS) as TimeUnit[];

/** A time that is checked against the clock. */
export function timeUnit(unit: TimeUnit = 's'): UnitRow {
  return TIME_UNITS[unit];
}

/** No engine reads a leap second, or more digits than a millisecond has, in the same way. */
function secondsOf(text: string): number | null {
  const [, whole = '', fraction = '', zone = ''] = /^(.{19})(?:\.(\d+))?([Z+-].*)$/.exec(text.toUpperCase()) ?? [];
  const seconds = Date.parse(`${whole.replace(' ', 'T').replace(/:60$/, ':59')}${zone}`) / 1000;
  return Number.isNaN(seconds) ? null : seconds + (fraction === '' ? 0 : Number(`0.${fraction}`));
}
