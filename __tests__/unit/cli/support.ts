import { main } from '../../../src/cli/main';

export interface Ran {
  code: number;
  out: string;
  bytes: Buffer;
  err: string;
}

export const NOW = 1_700_000_000;

/** Runs the command line with files of its own, at a time of its own. */
export async function run(
  args: readonly string[],
  {
    files = {},
    env = {},
    now = NOW,
  }: { files?: Record<string, string | Buffer>; env?: Record<string, string>; now?: number } = {},
): Promise<Ran> {
  const out: Buffer[] = [];
  let err = '';
  const code = await main(args, {
    env,
    now: () => now,
    read(path) {
      const file = files[path];
      if (file === undefined) {
        throw new Error(`ENOENT: ${path}`);
      }
      return Buffer.from(file);
    },
    out: (bytes) => out.push(Buffer.from(bytes)),
    err: (text) => (err += text),
  });
  const bytes = Buffer.concat(out);
  return { code, out: bytes.toString('utf8'), bytes, err };
}
