import { readFileSync } from 'node:fs';

/** Linux counts a process's time in hundredths of a second (`sysconf(_SC_CLK_TCK)`). */
const MICROSECONDS_PER_TICK = 10_000;

/**
 * Microseconds of processor time, user and system, that a process has taken so far, its threads included. Of Linux alone
 * (proc(5)): it throws elsewhere.
 */
export function processTime(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name, in brackets, may hold anything; `utime` and `stime` are the 14th and 15th of all.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * MICROSECONDS_PER_TICK;
}
