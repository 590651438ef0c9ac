import type { Handshake, SignatureScheme } from '../../common/presets';
import { digestsSecret } from '../../common/replyText';
import { contentTemplates } from '../../common/signedText';
import { equalText } from './compare';
import { refuse } from './providers/fields';
import type { ResolvedSecrets } from './resolveSecrets';
import { describeSource, type Sources } from './Sources';
import { renderReply, type ReplyValues } from './handshakeReply';
import type { ProviderReply, VerifyResult } from './types';

/** The parts of a scheme that its challenges are answered by. */
export type ChallengedScheme = Pick<SignatureScheme, 'handshake' | 'key' | 'kind' | 'content' | 'alternatives'>;

/**
 * Answers a challenge that is not proven by the signature; null: the request is none.
 * @param now Unix seconds
 */
export function answerUnsigned(
  scheme: ChallengedScheme,
  sources: Sources,
  secrets: ResolvedSecrets,
  now: number,
): VerifyResult | null {
  for (const challenge of scheme.handshake ?? []) {
    const { auth } = challenge;
    // What has expired or can't be read was set all the same: nobody may put another in its place.
    if (auth === 'signature' || (auth === 'if-no-secret' && secrets.anySet) || !applies(challenge, sources)) {
      continue;
    }
    const [secret = null] = secrets.usable;
    const wrong = typeof auth === 'object' ? checkSetting(auth, sources, secrets) : null;
    if (wrong) {
      return typeof auth === 'object' && auth.wrong !== undefined ? { ...wrong, status: auth.wrong } : wrong;
    }
    return answer(challenge, { sources, secret, secrets: secrets.usable, key: scheme.key, isSigned: false, now });
  }
  return null;
}

/** Answers a challenge whose signature has been verified; null: the request is none. */
export function answerSigned({ handshake = [] }: ChallengedScheme, given: ReplyValues): VerifyResult | null {
  const challenge = handshake.find((candidate) => candidate.auth === 'signature' && applies(candidate, given.sources));
  return challenge ? answer(challenge, given) : null;
}

/** What the sender of a verified call waits for, where it does: the first answer of which every value is there. */
export function prescribedAnswer({ answer: answers }: SignatureScheme, given: ReplyValues): ProviderReply | undefined {
  for (const reply of [answers ?? []].flat()) {
    const filled = renderReply({ reply }, given);
    if (!('ok' in filled)) {
      return filled;
    }
  }
  return undefined;
}

/**
 * Whether the signature could be a digest that strangers are given of a text of theirs, under the secret. Those texts are
 * words, so that a signed text which holds a JSON object or list is never one; any other may be. An answer that is signed
 * as calls are is one for whoever has seen it, though the challenge was signed.
 */
export function isGivenAway(scheme: ChallengedScheme, sources: Sources): boolean {
  const { kind, handshake = [] } = scheme;
  const given = handshake.some(({ auth, reply }) =>
    [reply.body ?? '', ...Object.values(reply.headers ?? {})].some(
      auth === 'signature' && kind !== 'ed25519' ? () => false : digestsSecret,
    ),
  );
  const holdsJson =
    contentTemplates(scheme).every((template) => template.includes('{body}')) && sources.isJsonObjectOrList();
  return given && (kind === 'jws' || (['hmac', 'hash', 'ed25519'].includes(kind) && !holdsJson));
}

/** Whether a request is this challenge. */
export function applies({ when }: Pick<Handshake, 'when'>, sources: Sources): boolean {
  return Object.entries(when).every(([key, expected]) => {
    if (key === 'method') {
      return sources.request.method === expected;
    }
    if (key === 'has') {
      return [expected].flat().every((source) => sources.has(String(source)));
    }
    const values = sources.firstTwo(key);
    return values.length === 1 && isSame(values[0], expected);
  });
}

/** A maker writes numbers and truth values as text, and a list without items as `[]`. */
function isSame(value: unknown, expected: unknown): boolean {
  if (Array.isArray(value)) {
    return value.length === 0 && expected === '[]';
  }
  return (
    value === expected || (typeof expected === 'string' && typeof value !== 'object' && String(value) === expected)
  );
}

type ProvenBySetting = Extract<Handshake['auth'], object>;

/** Refuses unless the value in the request is the one, or one of those, of the setting. */
function checkSetting({ from, equals, list }: ProvenBySetting, sources: Sources, secrets: ResolvedSecrets) {
  const value = sources.one(from);
  if (typeof value !== 'string') {
    return value;
  }
  if (equals === 'secret') {
    return secrets.usable.filter((secret) => equalText(secret.value, value)).length > 0
      ? null
      : refuse(`${describeSource(from)} is not a secret that is set here.`);
  }
  const allowed = sources
    .all(equals)
    .flatMap((text) => (list ? (text ?? '').split(/[\s,]+/) : [text ?? '']))
    .filter((text) => text !== '');
  if (allowed.length === 0) {
    return refuse(`${describeSource(equals)} is not set, so the URL challenge can't be answered.`);
  }
  return allowed.filter((text) => equalText(text, value)).length > 0
    ? null
    : refuse(`${describeSource(from)} is not what is set here as "${equals.slice('config:'.length)}".`);
}

function answer(challenge: Handshake, given: ReplyValues): VerifyResult {
  const { sources, secret, isSigned } = given;
  const captured = challenge.capture ? sources.one(challenge.capture.secret) : undefined;
  if (typeof captured === 'object') {
    return captured;
  }
  const reply = renderReply(challenge, given);
  if ('ok' in reply) {
    return reply;
  }
  const handshake = { kind: challenge.kind, ...reply, ...(captured !== undefined && { captureSecret: captured }) };
  return { ok: true, secretName: (isSigned && secret?.name) || null, deliveryId: null, handshake };
}
