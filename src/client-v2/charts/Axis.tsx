import { theme } from 'antd';

/** What stands below a bar. */
export interface Tick {
  index: number;
  label: string;
}

export interface AxisProps {
  /** What the full height stands for. */
  max: number;
  ticks: readonly Tick[];
  left: number;
  /** From one bar to the next. */
  step: number;
  top: number;
  height: number;
  /** Where the lines end. */
  width: number;
}

/** As wide as the longest label, in pixels. */
const LABEL = 48;

/** Lines at none, half and all, and times below. The table beside says the same to who can't see it. */
export function Axis({ max, ticks, left, step, top, height, width }: AxisProps) {
  const { token } = theme.useToken();
  // A label that begins there would be cut off.
  const isAtEnd = (index: number) => left + index * step + LABEL > width;
  const text = { fontSize: 11, fill: token.colorTextSecondary };
  return (
    <g aria-hidden style={{ fontVariantNumeric: 'tabular-nums', pointerEvents: 'none' }}>
      {[0, max / 2, max].map((value) => {
        const y = Math.round(top + height - (value / max) * height) + 0.5;
        return (
          <g key={value}>
            <line x1={left} x2={width} y1={y} y2={y} stroke={value === 0 ? token.colorBorder : token.colorSplit} />
            <text x={left - 8} y={y + 4} textAnchor="end" {...text}>
              {value.toLocaleString()}
            </text>
          </g>
        );
      })}
      {ticks.map(({ index, label }) => (
        <text
          key={index}
          x={left + index * step}
          textAnchor={isAtEnd(index) ? 'end' : 'start'}
          y={top + height + 16}
          {...text}
        >
          {label}
        </text>
      ))}
    </g>
  );
}
