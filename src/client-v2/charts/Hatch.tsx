import type { ChartColors } from './colors';

/** The pattern of what was refused; `url(#id)` fills with it. */
export function Hatch({ id, colors }: { id: string; colors: ChartColors }) {
  return (
    <defs>
      <pattern id={id} width={4} height={4} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width={4} height={4} fill={colors.ground} />
        <rect width={2.5} height={4} fill={colors.refused} />
      </pattern>
    </defs>
  );
}
