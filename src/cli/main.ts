import { PROVIDERS } from '../common/providers';
import { HELP } from './help';
import { EXIT, UsageError, type ExitCode, type Io } from './io';
import { parseOptions } from './options';
import { sign } from './sign';
import { verify } from './verify';

/** Runs the command line; never throws. */
export async function main(args: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await run(args, io);
  } catch (error) {
    io.err(`${error instanceof Error ? error.message : String(error)}\n`);
    return EXIT.usage;
  }
}

async function run([command, ...args]: readonly string[], io: Io): Promise<ExitCode> {
  if (
    command === undefined ||
    command === 'help' ||
    [command, ...args].some((arg) => arg === '--help' || arg === '-h')
  ) {
    io.out(HELP);
    return command === undefined ? EXIT.usage : EXIT.accepted;
  }
  switch (command) {
    case 'verify':
      return verify(parseOptions(args), io);
    case 'sign':
      return sign(parseOptions(args), io);
    case 'list':
      io.out(list());
      return EXIT.accepted;
    default:
      throw new UsageError(`There is no command "${command}": verify, sign or list. See --help.`);
  }
}

/** Every provider: its id, its name, what the secret is called there, its options. */
function list(): string {
  const width = Math.max(...PROVIDERS.map(({ id }) => id.length));
  const lines = PROVIDERS.map(({ id, title, secretLabel, options = [] }) => {
    const more = options.map(({ name, required }) => `${name}${required ? ', required' : ''}`).join('; ');
    return `${id.padEnd(width)}  ${title}: ${secretLabel}${more && ` [${more}]`}\n`;
  });
  return lines.join('');
}
