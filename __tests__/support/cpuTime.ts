const TRIES = 3;

/** What one reading of the yardstick takes where nothing else runs, in milliseconds. */
const READING_MS = 10;

const YARDSTICK = JSON.stringify(Array.from({ length: 20_000 }, (_x, id) => ({ id, name: `name ${id}`, ok: true })));

/** How long what was found out of the processor's speed is taken for true, in milliseconds. */
const FRESH_MS = 1_000;

let latest = { at: -Infinity, slowness: 1 };

/**
 * How many times as long as elsewhere the processor takes at this moment, at least once: a machine that others share
 * slows down by a factor of two or three, and what is measured with it.
 */
export function slowness(): number {
  if (performance.now() - latest.at > FRESH_MS) {
    const readings = Array.from({ length: TRIES }, () => {
      const spent = rawClock();
      JSON.parse(YARDSTICK);
      return spent();
    });
    latest = { at: performance.now(), slowness: Math.max(1, Math.min(...readings) / READING_MS) };
  }
  return latest.slowness;
}

/** Starts a clock of the time that this process computes, in milliseconds of a machine that isn't slowed down. */
export function cpuClock(): () => number {
  const before = slowness();
  const spent = rawClock();
  return () => (spent() * 2) / (before + slowness());
}

/** Milliseconds that work takes by such a clock: the least of three tries. */
export function leastCpuMs(work: () => void): number {
  const tries = Array.from({ length: TRIES }, () => {
    const spent = cpuClock();
    work();
    return spent();
  });
  return Math.min(...tries);
}

/** Milliseconds below which one piece of work is too short to compare with another. */
const LEAST = 5;

/** How many times as long work of four times the size takes. */
export function growth(work: (size: number) => void, size: number): number {
  const [once, fourTimes] = [size, 4 * size].map((length) => leastCpuMs(() => work(length))) as [number, number];
  return fourTimes / Math.max(once, LEAST);
}

/** Four, and as much again for what a machine that others share makes of it; sixteen would be the square. */
export const LINEAR = 8;

function rawClock(): () => number {
  const started = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1000;
  };
}
