import type { SignatureScheme } from '../../common/presets';
import { answerUnsigned } from './handshakes';
import type { PublicKey } from './jwtKeys';
import { fetchPublicKeys } from './keySets';
import { refuse } from './providers/fields';
import { verifyScheme, type SchemeInput } from './scheme';
import { decodeSignatures, readSets } from './signatures';
import type { MaybePromise, NotVerified, Outbound, ResolvedSecret, VerifyResult } from './types';

/** By key set: its keys as the scheme takes them. */
const AS_SECRETS = new WeakMap<PublicKey[], readonly ResolvedSecret[]>();

/**
 * Verifies by a scheme whose public keys may stand at a configured address: beside those that are set here, all of
 * those count. What costs nothing comes before what makes us fetch.
 */
export function verifyBySettings(
  scheme: SignatureScheme,
  input: SchemeInput,
  outbound: Outbound,
): MaybePromise<VerifyResult> {
  const url = keyAddress(scheme, input);
  if (url === null) {
    return verifyScheme(scheme, input);
  }
  if (typeof url !== 'string') {
    return url;
  }
  const refused = answerUnsigned(scheme, input.sources, input.secrets, input.now) ?? unsigned(scheme, input);
  return refused ?? withFetchedKeys(scheme, input, url, outbound);
}

/** Null: there is none, so that the keys are those that are set here. */
function keyAddress({ key }: SignatureScheme, { sources }: SchemeInput): string | null | NotVerified {
  const url = key?.url ?? '';
  if (url === '') {
    return null;
  }
  if (!url.startsWith('config:')) {
    return url;
  }
  return sources.all(url).some((value) => value !== '' && value !== null) ? sources.one(url) : null;
}

/** Why no key could help. */
function unsigned(scheme: SignatureScheme, { sources }: SchemeInput): NotVerified | null {
  const sets = readSets(scheme, sources);
  if ('ok' in sets) {
    return sets;
  }
  const found = sets.map((items) => decodeSignatures(scheme, items));
  const [first] = found;
  return first && found.every((signatures) => 'ok' in signatures) && 'ok' in first ? first : null;
}

async function withFetchedKeys(
  scheme: SignatureScheme,
  input: SchemeInput,
  url: string,
  outbound: Outbound,
): Promise<VerifyResult> {
  const verifyWith = (keys: PublicKey[]): VerifyResult =>
    verifyScheme(scheme, {
      ...input,
      secrets: { ...input.secrets, anySet: true, usable: [...asSecrets(keys), ...input.secrets.usable] },
    });
  try {
    const keys = await fetchPublicKeys(url, { outbound, now: input.now }, false);
    const result = verifyWith(keys);
    if (result.ok || areKnown(scheme, input, keys)) {
      return result;
    }
    // One that isn't known yet may have come with a rotation; the cool-down keeps made-up ids from being fetched for.
    const fresh = await fetchPublicKeys(url, { outbound, now: input.now }, true);
    return fresh === keys ? result : verifyWith(fresh);
  } catch (error) {
    return refuse(`The public keys can't be had: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Whether every key that the request names is among those; a request that names none asks for no other. */
function areKnown(scheme: SignatureScheme, { sources }: SchemeInput, keys: readonly PublicKey[]): boolean {
  const sets = readSets(scheme, sources);
  const found = ('ok' in sets ? [] : sets).map((items) => decodeSignatures(scheme, items));
  const inSignatures = found.flatMap((signatures) =>
    'ok' in signatures ? [] : signatures.flatMap(({ keyName }) => keyName ?? []),
  );
  const named = [...inSignatures, ...(scheme.key?.idFrom ? sources.all(scheme.key.idFrom) : [])];
  return named.every((name) => keys.some(({ id }) => id === name));
}

function asSecrets(keys: PublicKey[]): readonly ResolvedSecret[] {
  let secrets = AS_SECRETS.get(keys);
  if (!secrets) {
    secrets = keys.map(({ id, key }) => ({ name: id, value: String(key.export({ type: 'spki', format: 'pem' })) }));
    AS_SECRETS.set(keys, secrets);
  }
  return secrets;
}
