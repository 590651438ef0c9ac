import dayjs from 'dayjs';
import { MINUTES_KEPT } from '../../../common/stats';
import { text } from '../../locale';

export const SPANS = ['day', 'week', 'month'] as const;
export type Span = (typeof SPANS)[number];

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How long each is, in days, and its bars, in milliseconds. */
export const SPAN: Record<Span, { label: string; days: number; step: number }> = {
  day: { label: text('Day'), days: 1, step: 15 * MINUTE_MS },
  week: { label: text('Week'), days: 7, step: 2 * HOUR_MS },
  month: { label: text('Month'), days: 30, step: 8 * HOUR_MS },
};

/** So far back there is something, in days. */
const KEPT_DAYS = 90;

/** What a chart shows, in milliseconds; `to` is not part of it. */
export interface ChartRange {
  from: number;
  to: number;
  step: number;
}

/**
 * The bars of a span that ends with the bar under way, or so many spans earlier. Bars begin where the reader's clock has
 * them: a week's at even hours. Of more than two days ago there are whole hours alone.
 */
export function rangeOf(span: Span, back: number, now: number): ChartRange {
  const { days, step: fine } = SPAN[span];
  const step = fine < HOUR_MS && back * days * DAY_MS + days * DAY_MS > MINUTES_KEPT * MINUTE_MS ? HOUR_MS : fine;
  const midnight = dayjs(now).startOf('day').valueOf();
  const end = midnight + (Math.floor((now - midnight) / step) + 1) * step;
  const to = end - back * days * DAY_MS;
  return { from: to - days * DAY_MS, to, step };
}

/** Whether something is kept of the span before. */
export function hasEarlier(span: Span, back: number): boolean {
  return (back + 2) * SPAN[span].days <= KEPT_DAYS;
}

/** The bars that have a label, and what it says. */
export function ticksOf({ from, to, step }: ChartRange): { index: number; label: string }[] {
  const span = to - from;
  const ticks: { index: number; label: string }[] = [];
  for (let index = 0, at = from; at < to; index += 1, at += step) {
    const time = dayjs(at);
    const isMidnight = time.hour() === 0 && time.minute() === 0;
    if (span <= DAY_MS ? time.minute() === 0 && time.hour() % 3 === 0 : isMidnight) {
      ticks.push({ index, label: time.format(span <= DAY_MS && !isMidnight ? 'HH:mm' : 'D MMM') });
    }
  }
  const every = Math.ceil(ticks.length / 8);
  return ticks.filter((_tick, index) => index % every === 0);
}
