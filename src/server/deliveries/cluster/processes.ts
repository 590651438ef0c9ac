import { readFileSync, readlinkSync } from 'node:fs';

/**
 * Where this process's id means something: the machine since its last start, and the process namespace
 * (containers have their own). Null where the system doesn't tell: then only time tells that an instance is dead.
 */
export function pidNamespace(): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot}/${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return null;
  }
}

/** Whether a process with this id exists, in this process's own namespace. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
