import { secretsOf, type WebhookAuth } from '../common/auth';
import { findProvider } from '../common/providers';
import { isRecord } from '../common/rules';
import type { SecretEntry } from '../common/secrets';
import { UsageError, type Io } from './io';
import { pair, type CliOptions } from './options';

/** Whom to believe: the settings of a webhook, as its panel would hold them. */
export function readAuth(options: CliOptions, io: Io): WebhookAuth {
  if ((options.provider === undefined) === (options.auth === undefined)) {
    throw new UsageError('Say whom to believe: --provider ID (see "list"), or --auth FILE.');
  }
  return options.auth === undefined ? providerAuth(options) : authFile(options.auth, options, io);
}

function providerAuth({ provider: id = '', option = [], tolerance }: CliOptions): WebhookAuth {
  const provider = findProvider(id);
  if (!provider) {
    throw new UsageError(`There is no provider "${id}". "nocobase-webhook list" shows them all.`);
  }
  const known = (provider.options ?? []).map(({ name }) => name);
  const options = Object.fromEntries(option.map((text) => pair(text, '=', 'option')));
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(`${provider.title} has no option "${unknown}"; it has ${known.join(', ') || 'none'}.`);
  }
  return { type: 'provider', provider: id, secrets: [], options, ...(tolerance !== undefined && { tolerance }) };
}

function authFile(path: string, { option, tolerance }: CliOptions, io: Io): WebhookAuth {
  if (option !== undefined) {
    throw new UsageError('--option goes with --provider; with --auth the options stand in the file.');
  }
  let auth: unknown;
  try {
    auth = JSON.parse(io.read(path).toString('utf8'));
  } catch (error) {
    throw new UsageError(`${path} can't be read as JSON: ${(error as Error).message}`);
  }
  if (!isRecord(auth) || typeof auth.type !== 'string') {
    throw new UsageError(`${path} has to hold a webhook's "auth" settings: {"type": "signature", …}.`);
  }
  return (tolerance === undefined ? auth : withTolerance(auth, tolerance)) as unknown as WebhookAuth;
}

function withTolerance(auth: Record<string, unknown>, tolerance: number): Record<string, unknown> {
  if (auth.type === 'signature' && isRecord(auth.ts)) {
    return { ...auth, ts: { ...auth.ts, tol: tolerance } };
  }
  return auth.type === 'jwt' ? { ...auth, clockTolerance: tolerance } : { ...auth, tolerance };
}

/**
 * The secrets of the command line, or else those of `auth` (undefined), or else that of the environment: a variable
 * that was set for another call must not take the place of what the settings say.
 */
export function readSecrets(options: CliOptions, io: Io, auth: WebhookAuth): SecretEntry[] | undefined {
  const files = options['secret-file'] ?? [];
  const given = [
    ...(options.secret ?? []),
    ...files.map((path) =>
      io
        .read(path)
        .toString('utf8')
        .replace(/\r?\n$/, ''),
    ),
  ];
  const inEnv = secretsOf(auth).length > 0 ? '' : (io.env.WEBHOOK_SECRET ?? '');
  const values = given.length > 0 ? given : [inEnv].filter((value) => value !== '');
  const names = options['secret-name'] ?? [];
  return values.length === 0 ? undefined : values.map((value, index) => ({ name: names[index], value }));
}
