import { parseArgs } from 'node:util';
import { UsageError } from './io';

const one = { type: 'string' } as const;
const several = { type: 'string', multiple: true } as const;
const OPTIONS = {
  provider: one,
  auth: one,
  option: several,
  tolerance: one,
  secret: several,
  'secret-file': several,
  'secret-name': several,
  request: one,
  url: one,
  now: one,
  method: one,
  header: several,
  data: one,
  'data-file': one,
  'private-key': one,
  format: one,
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];

/** The command line's options, numbers read. */
export type CliOptions = Omit<Values, 'tolerance' | 'now'> & { tolerance?: number; now?: number };

/** Reads the options; throws a {@link UsageError} on one that isn't known or makes no sense. */
export function parseOptions(args: string[]): CliOptions {
  const { tolerance, now, ...values } = parse(args);
  return { ...values, ...number('tolerance', tolerance), ...number('now', now) };
}

/** `NAME=VALUE` or `NAME: VALUE` in two. */
export function pair(text: string, separator: string, option: string): [name: string, value: string] {
  const at = text.indexOf(separator);
  if (at < 1) {
    throw new UsageError(`--${option} wants NAME${separator}VALUE, not "${text}".`);
  }
  return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

function parse(args: string[]): Values {
  try {
    return parseArgs({ args, options: OPTIONS }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message} See --help.`);
  }
}

function number<Name extends string>(name: Name, text: string | undefined): { [N in Name]?: number } {
  if (text === undefined) {
    return {};
  }
  if (!/^\d+$/.test(text)) {
    throw new UsageError(`--${name} wants seconds, not "${text}".`);
  }
  return { [name]: Number(text) } as { [N in Name]?: number };
}
