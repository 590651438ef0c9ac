import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button, Flex, Segmented, Typography } from 'antd';
import dayjs from 'dayjs';
import { useEffect, useMemo, useState } from 'react';
import { BarChart, type BarRange } from '../../charts/BarChart';
import { Legend } from '../../charts/Legend';
import type { Counted } from '../../charts/stack';
import { useT } from '../../locale';
import { ForReaders } from '../../parts/ForReaders';
import { ChartTable } from './ChartTable';
import { Latencies } from './Latencies';
import { hasEarlier, rangeOf, SPAN, SPANS, ticksOf, type ChartRange, type Span } from './spans';
import { useStats } from './useStats';

/** How often it is loaded again, in milliseconds. */
const REFRESH_MS = 15_000;

const NOTHING: Counted = { accepted: 0, refused: 0, failed: 0 };

export interface DeliveriesChartProps {
  /** Of one webhook; without it: of all. */
  webhookKey?: string;
  /** What the log is narrowed down to, in milliseconds since 1970. */
  from?: number;
  to?: number;
  /** `to` left out: up to now. */
  onSelect: (range: { from?: number; to?: number }) => void;
}

/** How many calls there were, over a day, a week or a month. What is chosen in it, the log shows. */
export function DeliveriesChart({ webhookKey, from, to, onSelect }: DeliveriesChartProps) {
  const t = useT();
  const [span, setSpan] = useState<Span>('day');
  const [back, setBack] = useState(0);
  const [{ now, turn }, setClock] = useState(() => ({ now: Date.now(), turn: 0 }));
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) {
        setClock((clock) => ({ now: Date.now(), turn: clock.turn + 1 }));
      }
    }, REFRESH_MS);
    return () => clearInterval(timer);
  }, []);

  const range = useMemo(() => rangeOf(span, back, now), [span, back, now]);
  const selected = selectedIn(range, from, to);
  const series = useStats(webhookKey, range, turn);
  const part = selected && {
    from: range.from + selected.first * range.step,
    to: range.from + (selected.last + 1) * range.step,
    step: (selected.last + 1 - selected.first) * range.step,
  };
  const seriesOfPart = useStats(webhookKey, part, turn);
  const shown = selected ? seriesOfPart : series;
  const bars = useMemo(() => barsOf(range, series?.points ?? []), [range, series]);
  const times = bars.map((_bar, index) => timeOf(range, index));
  const label = (bar: Counted, index: number) =>
    t('{{time}}: {{accepted}} accepted, {{refused}} refused, {{failed}} failed', { time: times[index] ?? '', ...bar });

  const choose = ({ first, last }: BarRange) => {
    const isToNow = back === 0 && last === bars.length - 1;
    onSelect({
      from: range.from + first * range.step,
      to: isToNow ? undefined : range.from + (last + 1) * range.step,
    });
  };
  const total = series?.total ?? NOTHING;
  const title =
    back === 0 ? t('Until now') : `${dayjs(range.from).format('D MMM')} – ${dayjs(range.to).format('D MMM')}`;
  return (
    <section aria-label={t('Calls over time')}>
      <Flex gap="middle" align="center" wrap style={{ marginBottom: 8 }}>
        <Flex gap={4} align="center">
          <Button
            type="text"
            size="small"
            icon={<LeftOutlined />}
            aria-label={t('Earlier')}
            disabled={!hasEarlier(span, back)}
            onClick={() => setBack(back + 1)}
          />
          <Typography.Text strong>{title}</Typography.Text>
          <Button
            type="text"
            size="small"
            icon={<RightOutlined />}
            aria-label={t('Later')}
            disabled={back === 0}
            onClick={() => setBack(back - 1)}
          />
        </Flex>
        <Segmented
          size="small"
          value={span}
          options={SPANS.map((value) => ({ value, label: t(SPAN[value].label) }))}
          onChange={(value) => {
            setSpan(value);
            setBack(0);
          }}
        />
        {from === undefined && to === undefined ? null : (
          <Button type="link" size="small" onClick={() => onSelect({})}>
            {t('Show all times')}
          </Button>
        )}
        <Flex gap="middle" wrap style={{ marginInlineStart: 'auto' }}>
          <Legend counts={shown?.total ?? NOTHING} />
          <Latencies latencies={shown?.answer ?? null} />
        </Flex>
      </Flex>
      <BarChart
        bars={bars}
        labels={bars.map(label)}
        ticks={ticksOf(range)}
        sentence={t(
          '{{span}}: {{accepted}} calls accepted, {{refused}} refused, {{failed}} runs failed. Choose a bar to see its deliveries.',
          {
            span: `${times[0] ?? ''} – ${times.at(-1) ?? ''}`,
            accepted: total.accepted,
            refused: total.refused,
            failed: total.failed,
          },
        )}
        selected={selected}
        onSelect={choose}
      />
      <ForReaders>
        <ChartTable bars={bars} times={times} />
      </ForReaders>
    </section>
  );
}

function timeOf({ from, step }: ChartRange, index: number): string {
  return dayjs(from + index * step).format('D MMM HH:mm');
}

function barsOf({ from, to, step }: ChartRange, points: readonly (Counted & { at: number })[]): Counted[] {
  const byStart = new Map(points.map((point) => [point.at, point]));
  return Array.from({ length: Math.round((to - from) / step) }, (_none, index) => {
    const { accepted, refused, failed } = byStart.get(from + index * step) ?? NOTHING;
    return { accepted, refused, failed };
  });
}

/** Which bars a range of time is, if it is within the chart. */
function selectedIn(range: ChartRange, from: number | undefined, to: number | undefined): BarRange | null {
  if ((from === undefined && to === undefined) || (from ?? 0) >= range.to || (to ?? Infinity) <= range.from) {
    return null;
  }
  const last = Math.ceil(((to ?? range.to) - range.from) / range.step) - 1;
  return {
    first: Math.max(0, Math.floor(((from ?? range.from) - range.from) / range.step)),
    last: Math.min(last, Math.round((range.to - range.from) / range.step) - 1),
  };
}
