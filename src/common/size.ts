// Framework-free: sizes as a maker writes them.

const SIZE = /^(\d+(?:\.\d+)?)\s*(b|kb|mb)$/i;
const UNITS: Record<string, number> = { b: 1, kb: 1024, mb: 1024 * 1024 };

/** The largest body that a webhook can be set to take, in bytes. */
const MAX_BODY_BYTES = 100 * 1024 * 1024;

/** Bytes of `512kb` or `1mb` (units of 1024); null where it can't be read, is zero or above {@link MAX_BODY_BYTES}. */
export function parseSize(size: string): number | null {
  const match = SIZE.exec(size.trim());
  const unit = match?.[2] ? UNITS[match[2].toLowerCase()] : undefined;
  if (!match?.[1] || unit === undefined) {
    return null;
  }
  const bytes = Math.floor(Number(match[1]) * unit);
  return bytes >= 1 && bytes <= MAX_BODY_BYTES ? bytes : null;
}
