import type { WebhookAuth } from '../common/auth';
import { verifyRequest } from '../server/verifiers';
import type { Verified, VerifyInput } from '../server/verifiers/types';
import { EXIT, UsageError, type ExitCode, type Io } from './io';
import type { CliOptions } from './options';
import { parseRawRequest, savingAccident, withBodyUnpacked } from './rawRequest';
import { readAuth, readSecrets } from './settings';
import { inEnglish } from '../common/reasons/describe';

/** Most of a text that is shown. */
const MAX_SHOWN = 2000;

/** Verifies a saved request as the plugin would, and says what came of it. */
export async function verify(options: CliOptions, io: Io): Promise<ExitCode> {
  if (options.request === undefined) {
    throw new UsageError('Say what to verify: --request FILE, or --request - for the standard input.');
  }
  const auth = readAuth(options, io);
  const request = await withBodyUnpacked(parseRawRequest(io.read(options.request), options.url));
  const input: VerifyInput = {
    auth,
    request: { ...request, viaTrustedProxy: true },
    secrets: readSecrets(options, io, auth),
    env: io.env,
    now: options.now ?? io.now(),
  };
  const result = await verifyRequest(input);
  if (result.ok) {
    io.out(`accepted\n${describe(result, input.request)}`);
    return EXIT.accepted;
  }
  const hints = [savingAccident(request), await timeHint(input, options)].filter((hint) => hint !== null);
  io.out(['refused', inEnglish(result.reason), ...hints].join('\n  ').concat('\n'));
  return EXIT.refused;
}

function describe(
  { secretName, deliveryId, handshake, plaintext, reply }: Verified,
  { rawBody }: VerifyInput['request'],
): string {
  const lines = [
    ['secret', secretName],
    ['delivery id', deliveryId],
    ['handshake', handshake && `${handshake.kind}; starts nothing, is answered with ${handshake.status}:`],
    ['', handshake?.body],
    ['hands over', handshake?.captureSecret && 'a secret, which signs once it is confirmed in the panel'],
    ['decrypted', plaintext?.body === rawBody ? null : plaintext?.body.toString('utf8')],
    ['answer', reply && `${reply.status} ${reply.body ?? ''}`],
  ];
  return lines
    .filter(([, value]) => value)
    .map(([name, value]) => `  ${name ? `${name}: ` : ''}${String(value).slice(0, MAX_SHOWN)}\n`)
    .join('');
}

/** A saved request grows old, which is the least of its troubles. */
async function timeHint(input: VerifyInput, { now }: CliOptions): Promise<string | null> {
  const untimed = withoutTime(input.auth);
  return now === undefined && untimed && (await verifyRequest({ ...input, auth: untimed })).ok
    ? 'All but its time is right. Say when it was received with --now, or --tolerance 0 to leave the time aside.'
    : null;
}

function withoutTime(auth: WebhookAuth): WebhookAuth | null {
  switch (auth.type) {
    case 'provider':
      return { ...auth, tolerance: 0 };
    case 'signature':
      return auth.ts ? { ...auth, ts: { ...auth.ts, tol: 0 } } : null;
    default:
      return null;
  }
}
