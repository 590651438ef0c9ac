const UNITS: [Intl.RelativeTimeFormatUnit, milliseconds: number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

/** How long ago a time was, in the reader's language: "4 min. ago". */
export function ago(time: number, now: number, language?: string): string {
  const [value, unit] = amount(Math.max(0, now - time));
  // Also of none: "0 sec. ago" is that of -0.
  return new Intl.RelativeTimeFormat(language, { style: 'short', numeric: 'always' }).format(-value, unit);
}

/** A length of time: "18 min". @param milliseconds 0 or more */
export function lasting(milliseconds: number, language?: string): string {
  const [value, unit] = amount(milliseconds);
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(value);
}

function amount(milliseconds: number): [number, Intl.RelativeTimeFormatUnit] {
  const [unit, length] = UNITS.find(([, each]) => milliseconds >= each) ?? ['second', 1_000];
  return [Math.floor(milliseconds / length), unit];
}
