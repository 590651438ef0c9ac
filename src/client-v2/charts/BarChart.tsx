import { theme } from 'antd';
import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { Axis, type Tick } from './Axis';
import { useChartColors } from './colors';
import { Hatch } from './Hatch';
import { heightOf, roundUp, stack, type Counted } from './stack';
import { useWidth } from './useWidth';

const HEIGHT = 132;
const LEFT = 40;
const RIGHT = 8;
const TOP = 8;
const BOTTOM = 20;
const PLOT = HEIGHT - TOP - BOTTOM;

/** Bars in a row, from the first to the last. */
export interface BarRange {
  first: number;
  last: number;
}

export interface BarChartProps {
  bars: readonly Counted[];
  /** What each bar is, for who can't see it, and for the mouse. */
  labels: readonly string[];
  ticks: readonly Tick[];
  /** What the chart shows, in a sentence. */
  sentence: string;
  /** null: all. */
  selected: BarRange | null;
  onSelect: (range: BarRange) => void;
}

/**
 * Stacked bars, each a button: pressed, dragged over, or reached by arrow keys, they choose a part of the time. Tab leads to
 * one of them; arrows go on, with Shift they widen what is chosen, Enter takes the bar.
 */
export function BarChart({ bars, labels, ticks, sentence, selected, onSelect }: BarChartProps) {
  const { token } = theme.useToken();
  const colors = useChartColors();
  const id = useId();
  const [box, width] = useWidth();
  const [focused, setFocused] = useState(bars.length - 1);
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null);
  const svg = useRef<SVGSVGElement>(null);
  const max = roundUp(Math.max(...bars.map(heightOf)));
  const step = Math.max(1, width - LEFT - RIGHT) / bars.length;
  const at = Math.min(focused, bars.length - 1);
  const chosen = drag ? rangeBetween(drag.from, drag.to) : selected;
  const fills = { accepted: colors.accepted, refused: `url(#${id})`, failed: colors.failed };

  const focus = (index: number) => {
    setFocused(index);
    svg.current?.querySelectorAll<SVGGElement>('[role="button"]')[index]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const move = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const edge = { Home: 0, End: bars.length - 1 }[event.key];
    if (move !== undefined) {
      const next = Math.min(Math.max(index + move, 0), bars.length - 1);
      if (event.shiftKey) {
        onSelect(widen(selected ?? { first: index, last: index }, index, next));
      }
      focus(next);
    } else if (edge !== undefined) {
      focus(edge);
    } else if (event.key === 'Enter' || event.key === ' ') {
      onSelect({ first: index, last: index });
    } else {
      return;
    }
    event.preventDefault();
  };
  const end = () => {
    if (drag) {
      onSelect(rangeBetween(drag.from, drag.to));
      setDrag(null);
    }
  };
  return (
    <div ref={box}>
      <svg
        ref={svg}
        width={width}
        height={HEIGHT}
        role="group"
        aria-label={sentence}
        onPointerUp={end}
        onPointerLeave={() => setDrag(null)}
        style={{ display: 'block', userSelect: 'none', touchAction: 'pan-y' }}
      >
        <Hatch id={id} colors={colors} />
        <Axis max={max} ticks={ticks} left={LEFT} step={step} top={TOP} height={PLOT} width={width - RIGHT} />
        {chosen ? (
          <rect
            x={LEFT + chosen.first * step}
            y={TOP}
            width={(chosen.last - chosen.first + 1) * step}
            height={PLOT}
            fill={token.colorPrimary}
            opacity={0.1}
          />
        ) : null}
        {bars.map((bar, index) => (
          <g
            key={index}
            role="button"
            tabIndex={index === at ? 0 : -1}
            aria-label={labels[index]}
            aria-pressed={chosen !== null && isWithin(chosen, index)}
            opacity={chosen === null || isWithin(chosen, index) ? 1 : 0.45}
            onKeyDown={(event) => onKeyDown(event, index)}
            onFocus={() => setFocused(index)}
            onPointerDown={() => setDrag({ from: index, to: index })}
            onPointerEnter={(event) => event.buttons > 0 && setDrag((now) => now && { ...now, to: index })}
            style={{ cursor: 'pointer' }}
          >
            <title>{labels[index]}</title>
            <rect x={LEFT + index * step} y={TOP} width={step} height={PLOT} fill="transparent" />
            {stack(bar, max, PLOT, TOP + PLOT).map(({ kind, y, height }) => (
              <rect
                key={kind}
                x={LEFT + index * step + 0.5}
                y={y}
                width={Math.max(1, step - 1.5)}
                height={height}
                fill={fills[kind]}
              />
            ))}
          </g>
        ))}
      </svg>
    </div>
  );
}

function rangeBetween(one: number, other: number): BarRange {
  return { first: Math.min(one, other), last: Math.max(one, other) };
}

function isWithin({ first, last }: BarRange, index: number): boolean {
  return index >= first && index <= last;
}

/** The end of a range that was at one bar is at another. */
function widen({ first, last }: BarRange, from: number, to: number): BarRange {
  return from === first && from !== last ? rangeBetween(to, last) : rangeBetween(first, to);
}
