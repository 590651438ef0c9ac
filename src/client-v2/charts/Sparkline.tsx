import { useId } from 'react';
import { useChartColors } from './colors';
import { Hatch } from './Hatch';
import { heightOf, stack, type Counted } from './stack';

const WIDTH = 144;
const HEIGHT = 24;
const GAP = 1;

export interface SparklineProps {
  bars: readonly Counted[];
  /** What it shows, in a sentence. */
  label: string;
  /** Whether it is drawn in grey, as of what is held back. */
  isMuted?: boolean;
}

/** Bars without an axis, in a scale of their own. */
export function Sparkline({ bars, label, isMuted = false }: SparklineProps) {
  const colors = useChartColors();
  const id = useId();
  const max = Math.max(...bars.map(heightOf));
  const width = WIDTH / Math.max(1, bars.length);
  const fills = { accepted: isMuted ? colors.muted : colors.accepted, refused: `url(#${id})`, failed: colors.failed };
  return (
    <svg width={WIDTH} height={HEIGHT + 1} role="img" aria-label={label} style={{ display: 'block' }}>
      <Hatch id={id} colors={colors} />
      <line x1={0} x2={WIDTH} y1={HEIGHT + 0.5} y2={HEIGHT + 0.5} stroke={colors.muted} strokeOpacity={0.4} />
      {bars.map((bar, index) =>
        stack(bar, max, HEIGHT - 3, HEIGHT).map(({ kind, y, height }) => (
          <rect
            key={`${index} ${kind}`}
            x={index * width}
            y={y}
            width={width - GAP}
            height={height}
            fill={fills[kind]}
          />
        )),
      )}
    </svg>
  );
}
