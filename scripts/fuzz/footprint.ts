import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

/** What a process holds. */
export interface Footprint {
  /** Resident memory. */
  megabytes: number;
  /** Open files and sockets; null: this system doesn't tell. */
  handles: number | null;
}

export function footprint(pid: number): Footprint {
  const kilobytes = Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }).trim());
  return { megabytes: Math.round(kilobytes / 1024), handles: countHandles(pid) };
}

function countHandles(pid: number): number | null {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return null;
  }
}
