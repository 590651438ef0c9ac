/** What is counted within a bar. A failed run was accepted before: of both, it is shown as failed. */
export interface Counted {
  accepted: number;
  refused: number;
  failed: number;
}

export type Kind = keyof Counted;

/** A part of a bar, in pixels. */
export interface Part {
  kind: Kind;
  y: number;
  height: number;
}

/** What is there is seen, however little it is. */
const LEAST = 1.5;

/** How high a bar is, in calls. */
export function heightOf({ accepted, refused, failed }: Counted): number {
  return Math.max(accepted, failed) + refused;
}

/**
 * The parts of a bar from below: accepted, refused, failed.
 * @param max how many calls the full height is
 */
export function stack(counted: Counted, max: number, height: number, bottom: number): Part[] {
  const { accepted, refused, failed } = counted;
  const parts: Part[] = [];
  let y = bottom;
  for (const [kind, count] of [
    ['accepted', Math.max(0, accepted - failed)],
    ['refused', refused],
    ['failed', failed],
  ] as const) {
    if (count > 0) {
      const own = Math.max(LEAST, (count / Math.max(1, max)) * height);
      y -= own;
      parts.push({ kind, y, height: own });
    }
  }
  return parts;
}

/** A round number that is as high as the highest bar or a little higher, of which halves and quarters are whole too. */
export function roundUp(max: number): number {
  if (max <= 4) {
    return 4;
  }
  const power = 10 ** Math.floor(Math.log10(max));
  const step = [1, 2, 4, 6, 8, 10].find((factor) => factor * power >= max) ?? 10;
  return step * power;
}
