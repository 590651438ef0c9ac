import { secretsOf, type ProviderAuth, type SignatureAuth, type WebhookAuth } from '../../common/auth';
import { findProvider } from '../../common/providers';
import { schemeOfAuth } from '../../common/schemeOfAuth';
import type { SecretInput } from '../../common/secrets';
import { contentTemplates, unknownPlaceholder, variesByCall } from '../../common/signedText';
import { remembering } from '../remembering';
import { verifyBasic } from './basic';
import { isHashAlgorithm } from './digests';
import { verifyBySettings } from './fetchedKeys';
import { verifyJwtProvider, verifyOwnJwt } from './jwtProvider';
import { verifyMtls } from './mtls';
import { outbound as realOutbound } from './outbound';
import { CODE_PROVIDERS } from './providers';
import { refuse } from './providers/fields';
import { readAsSigned } from './readAsSigned';
import { resolveSecrets, resolveSetting, type ResolvedSecrets } from './resolveSecrets';
import { Sources, TooMuchWork } from './Sources';
import { verifyToken } from './token';
import type { MaybePromise, NotVerified, VerifyInput, VerifyResult } from './types';

export type { VerifyInput, VerifyResult } from './types';

/** A way to verify, with the secrets as they are at this moment. */
type Verifier<Auth extends WebhookAuth> = (
  auth: Auth,
  input: VerifyInput,
  secrets: ResolvedSecrets,
) => MaybePromise<VerifyResult>;

const VERIFIERS: { [Type in WebhookAuth['type']]: Verifier<Extract<WebhookAuth, { type: Type }>> } = {
  none: () => ({ ok: true, secretName: null, deliveryId: null }),
  basic: (auth, { request, env, now }, { usable }) => {
    const username = auth.username === '' ? { value: '' } : resolveSetting(auth.username, env, now);
    return 'problem' in username
      ? refuse(`User name: ${username.problem}`)
      : verifyBasic(username.value, usable, request);
  },
  token: (auth, { request }, { usable }) => verifyToken(auth, usable, request),
  jwt: (auth, { request, now, outbound = realOutbound }, secrets) =>
    verifyOwnJwt(auth, { sources: new Sources(request, {}), secrets, now, outbound }),
  mtls: (auth, { request }) => verifyMtls(auth, request),
  signature: verifyCustom,
  provider: verifyProvider,
};

/**
 * Proves who sent a request, over the received bytes. Pure: the clock comes with the input, and only a scheme that has
 * to reach out (`outbound`) does. Answers at once unless the scheme can't. Never throws, never rejects: what it does
 * not understand it refuses.
 */
export function verifyRequest(input: VerifyInput): MaybePromise<VerifyResult> {
  try {
    const result = dispatch(input);
    return 'ok' in result ? result : result.catch(failed);
  } catch (error) {
    return failed(error);
  }
}

function dispatch(input: VerifyInput): MaybePromise<VerifyResult> {
  const { auth, env, now, request } = input;
  const verifier = Object.hasOwn(VERIFIERS, auth.type) ? VERIFIERS[auth.type] : undefined;
  if (!verifier) {
    return refuse(`There is no way to verify that is called "${String(auth.type).slice(0, 100)}".`);
  }
  if (!Number.isFinite(now) || !Buffer.isBuffer(request.rawBody)) {
    return refuse('The verifier was called without the time or without the received bytes.');
  }
  const secrets = resolveSecrets(givenOrOwn(input), env, now);
  const result = (verifier as Verifier<WebhookAuth>)(auth, input, secrets);
  return 'ok' in result ? completed(result, input, secrets) : result.then((made) => completed(made, input, secrets));
}

function completed(result: VerifyResult, { auth, request }: VerifyInput, secrets: ResolvedSecrets): VerifyResult {
  return result.ok ? readAsSigned(result, auth, request) : explain(result, secrets);
}

/** Where there was no secret to verify with, that is the reason to know. */
function explain(result: NotVerified, { usable, problems }: ResolvedSecrets): NotVerified {
  return usable.length === 0 && problems.length > 0 ? refuse(problems.join(' ')) : result;
}

function givenOrOwn({ auth, secrets = secretsOf(auth) }: VerifyInput): readonly SecretInput[] {
  // A text is not taken for a list of its letters.
  return Array.isArray(secrets) ? secrets : [];
}

const isSignable = remembering((text) => unknownPlaceholder(text) === null && variesByCall(text));

function verifyCustom(auth: SignatureAuth, input: VerifyInput, secrets: ResolvedSecrets): MaybePromise<VerifyResult> {
  const scheme = schemeOfAuth(auth);
  if (!scheme?.sig?.from || !isHashAlgorithm(scheme.alg ?? 'sha256')) {
    return refuse('The custom signature is not set up: where it is, or its algorithm.');
  }
  // Settings that are older than the rule against it: such a text would be the same for every call.
  if (scheme.kind !== 'token' && !contentTemplates(scheme).every(isSignable)) {
    return refuse('The signed text is set up to hold something that is no part of a call, or nothing of it.');
  }
  const { request, now, outbound = realOutbound } = input;
  return verifyBySettings(scheme, { sources: new Sources(request, {}), secrets, now }, outbound);
}

function verifyProvider(auth: ProviderAuth, input: VerifyInput, secrets: ResolvedSecrets): MaybePromise<VerifyResult> {
  const { request, env, now, outbound = realOutbound, caller } = input;
  const tolerance = auth.tolerance ?? undefined;
  const provider = findProvider(auth.provider);
  const code = Object.hasOwn(CODE_PROVIDERS, auth.provider) ? CODE_PROVIDERS[auth.provider] : undefined;
  if (tolerance !== undefined && !(Number.isFinite(tolerance) && tolerance >= 0)) {
    return refuse('The clock tolerance is not a number of seconds.');
  }
  const entries: [name: string, value: unknown][] = [];
  for (const [name, setting] of Object.entries(auth.options ?? {})) {
    const resolved = resolveSetting(setting, env, now);
    // Not the same as none: what it is there to check would go unchecked.
    if ('problem' in resolved) {
      return refuse(`The setting "${name.slice(0, 100)}": ${resolved.problem}`);
    }
    entries.push([name, resolved.value]);
  }
  const options = Object.fromEntries(entries);
  if (provider?.scheme) {
    const sources = new Sources(request, options);
    return verifyBySettings(provider.scheme, { sources, secrets, tolerance, now }, outbound);
  }
  if (provider?.jwt) {
    return verifyJwtProvider(provider.jwt, { sources: new Sources(request, options), secrets, now, outbound });
  }
  if (provider?.basic) {
    return verifyBasic(options.username ?? '', secrets.usable, request);
  }
  return code
    ? code({ request, secrets: secrets.usable, options, tolerance, now, outbound, caller })
    : refuse(`There is no provider "${String(auth.provider).slice(0, 100)}".`);
}

function failed(error: unknown): VerifyResult {
  if (error instanceof TooMuchWork) {
    return refuse(error.message);
  }
  const name = error instanceof Error ? error.name : 'error';
  return refuse(`The request could not be verified because of an unexpected ${name}: check this webhook's settings.`);
}
