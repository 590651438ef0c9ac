import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { secretsOf, tokenSources, type TokenAuth, type WebhookAuth } from '../common/auth';
import { formatOf, mediaTypeOf } from '../common/contentTypes';
import type { SignatureScheme } from '../common/presets';
import { findProvider } from '../common/providers';
import { baseOf, joinsFields, placeholdersIn } from '../common/signedText';
import { schemeOfAuth } from '../common/schemeOfAuth';
import { verifyRequest } from '../server/verifiers';
import { resolveSecrets } from '../server/verifiers/resolveSecrets';
import type { VerifyRequest } from '../server/verifiers/types';
import { curlLine } from './curl';
import { EXIT, UsageError, type ExitCode, type Io } from './io';
import type { CliOptions } from './options';
import { place } from './place';
import { writeRawRequest } from './rawRequest';
import { requestToSign } from './requestToSign';
import { readAuth, readSecrets } from './settings';
import { signRequest } from './signRequest';

/** Makes a signed request, sees to it that the verifier takes it, and prints it. */
export async function sign(options: CliOptions, io: Io): Promise<ExitCode> {
  const { format = 'curl' } = options;
  if (format !== 'curl' && format !== 'http') {
    throw new UsageError(`--format is curl or http, not "${format}".`);
  }
  const auth = readAuth(options, io);
  const now = options.now ?? io.now();
  const privateKey = readPrivateKey(options, io);
  const secret = privateKey ? '' : firstSecret(auth, options, io, now);
  const request = signed(auth, requestToSign(options, io, signsForm(auth)), { secret, privateKey, now });
  await assertAccepted(auth, request, privateKey ? publicText(auth, privateKey) : secret, now, io);
  io.out(format === 'http' ? writeRawRequest(request) : curlLine(request));
  return EXIT.accepted;
}

function signed(
  auth: WebhookAuth,
  request: VerifyRequest,
  signer: { secret: string; privateKey?: KeyObject; now: number },
): VerifyRequest {
  switch (auth.type) {
    case 'basic':
      return place(request, 'header:authorization', basic(auth.username, signer.secret));
    case 'token':
      return withToken(auth, request, signer.secret);
    case 'signature':
    case 'provider':
      return signRequest(schemeOf(auth), request, {
        ...signer,
        options: 'options' in auth ? (auth.options ?? {}) : {},
      });
    case 'none':
      return request;
    case 'jwt':
    case 'mtls':
      throw new UsageError(`A request can't be signed for "${auth.type}" here: its proof comes from someone else.`);
  }
}

/** Whether what is signed are the fields of a form. */
function signsForm(auth: WebhookAuth): boolean {
  return placeholdersIn(schemeOfAuth(auth)?.content ?? '').some(
    (name) => joinsFields(name, 'form') || baseOf(name).startsWith('lengths-form'),
  );
}

function schemeOf(auth: WebhookAuth): SignatureScheme {
  const scheme = schemeOfAuth(auth);
  if (!scheme) {
    const title = (auth.type === 'provider' && findProvider(auth.provider)?.title) || auth.type;
    throw new UsageError(`${title} signs in a way of its own that can only be verified here. Use its own SDK to sign.`);
  }
  return scheme;
}

function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`;
}

function withToken(auth: TokenAuth, request: VerifyRequest, secret: string): VerifyRequest {
  const [inJson = 'json:', inForm = inJson] = tokenSources(auth);
  const isForm = auth.in === 'body' && formatOf(mediaTypeOf(String(request.headers['content-type'] ?? ''))) === 'form';
  return place(request, isForm ? inForm : inJson, auth.scheme ? `${auth.scheme} ${secret}` : secret);
}

function firstSecret(auth: WebhookAuth, options: CliOptions, io: Io, now: number): string {
  if (auth.type === 'none' || auth.type === 'jwt' || auth.type === 'mtls') {
    return '';
  }
  const { usable, problems } = resolveSecrets(readSecrets(options, io, auth) ?? secretsOf(auth), io.env, now);
  const [first] = usable;
  if (!first) {
    const hint = 'Give the secret in WEBHOOK_SECRET or with --secret-file; where a private key signs, --private-key.';
    throw new UsageError(problems.join(' ') || hint);
  }
  return first.value;
}

function readPrivateKey(options: CliOptions, io: Io): KeyObject | undefined {
  const path = options['private-key'];
  try {
    return path === undefined ? undefined : createPrivateKey(io.read(path));
  } catch (error) {
    throw new UsageError(`${path} is no private key in PEM: ${(error as Error).message}`);
  }
}

/** The public half, as the provider shows it to a maker. */
function publicText(auth: WebhookAuth, privateKey: KeyObject): string {
  const enc = schemeOfAuth(auth)?.key?.enc ?? 'pem';
  const der = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  switch (enc) {
    case 'spki-base64':
      return der.toString('base64');
    case 'raw-hex':
      return der.subarray(-32).toString('hex');
    case 'raw-base64':
      return der.subarray(-32).toString('base64');
    case 'pem':
      return String(createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }));
    default:
      throw new UsageError('This provider does not sign with a private key: give its secret.');
  }
}

/** What is printed is accepted, or nothing is printed. */
async function assertAccepted(auth: WebhookAuth, request: VerifyRequest, value: string, now: number, io: Io) {
  const idFrom = schemeOfAuth(auth)?.key?.idFrom;
  const name = idFrom && String(request.headers[idFrom.slice('header:'.length)]);
  const result = await verifyRequest({ auth, request, secrets: [{ name, value }], env: io.env, now });
  if (!result.ok) {
    throw new UsageError(`The request would be refused: ${result.reason}`);
  }
}
