import { readFileSync } from 'node:fs';

/** An AMD dependency that the host doesn't define shows the user "App error" in place of the whole client. */
export function checkDependencies(file: string, moduleId: string, defined: readonly string[]): void {
  const source = readFileSync(file, 'utf8');
  const define = /define\(\s*"([^"]+)"\s*,\s*\[([^\]]*)\]/.exec(source);
  if (!define || define[1] !== moduleId) {
    throw new Error(`${file} does not define the AMD module "${moduleId}"`);
  }
  const unknown = [...(define[2] ?? '').matchAll(/"([^"]+)"/g)]
    .map((match) => match[1] ?? '')
    .filter((name) => !defined.includes(name));
  if (unknown.length > 0) {
    throw new Error(`${file} depends on ${unknown.join(', ')}, which the host does not define`);
  }
}
