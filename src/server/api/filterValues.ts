import { isUuid } from './ids';

/** What a field of a delivery holds, as far as filters go; `none`: nobody can filter by it. */
export type FilterType = 'uuid' | 'integer' | 'bigint' | 'text' | 'date' | 'none';

/** A value as the database takes it, or an English sentence that says what it must be. */
export type Read<T = unknown> = { value: T } | { problem: string };

const MAX_TEXT = 1_000;
const MAX_INT64 = 2n ** 63n - 1n;

/** As NocoBase's date operators take them: from a year to a time with its zone. */
const DATE =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)([T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-](0\d|1[0-3]):?[0-5]\d|[+-]14:?00)?)?)?)?$/;

/** Years that all databases can hold, whatever the time zone. */
const YEARS = { min: 1001, max: 9998 };

const READERS: Record<Exclude<FilterType, 'none'>, (value: unknown) => Read> = {
  uuid: (value) => (isUuid(value) ? { value: value.toLowerCase() } : { problem: 'an id' }),
  integer: (value) => wholeNumber(value, 2n ** 31n - 1n),
  bigint: (value) => wholeNumber(value, MAX_INT64),
  text: readText,
  date: readDate,
};

/** Reads one value of a condition; a text that is looked for by a pattern must not be empty. */
export function readValue(value: unknown, type: Exclude<FilterType, 'none'>): Read {
  return READERS[type](value);
}

function wholeNumber(value: unknown, max: bigint): Read<string> {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  const fits = typeof text === 'string' && /^-?\d{1,19}$/.test(text) && BigInt(text) <= max && BigInt(text) >= -max;
  return fits ? { value: text } : { problem: 'a whole number' };
}

function readText(value: unknown): Read<string> {
  const text = typeof value === 'number' && Number.isFinite(value) ? String(value) : value;
  // PostgreSQL takes no NUL in a text, and nothing that is stored has one.
  return typeof text === 'string' && text.length <= MAX_TEXT && !text.includes('\0')
    ? { value: text }
    : { problem: `a text of at most ${MAX_TEXT} characters` };
}

function readDate(value: unknown): Read<string> {
  const [text, year, month = '01', day = '01'] = (typeof value === 'string' && DATE.exec(value)) || [];
  const utcYear = new Date(text ?? NaN).getUTCFullYear();
  // JavaScript takes the 31st of February for the 3rd of March; PostgreSQL fails on it.
  const isDay = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day);
  return isDay && utcYear >= YEARS.min && utcYear <= YEARS.max
    ? { value: value as string }
    : { problem: 'a date such as 2030-01-31 or 2030-01-31T12:00:00Z' };
}
