// Framework-free: what the secrets of a webhook's verification are used for.

import type { SignatureAuth, WebhookAuth } from './auth';
import type { Handshake, SignatureScheme } from './presets';
import { secretDigests } from './replyText';
import { isRecord } from './rules';
import { namesSecret } from './signedText';

/**
 * What the secrets of these settings are used for: the kind of verification, its provider, how the secret is read, and
 * of a custom signature everything that the secret itself stands in beside what a caller or the maker chooses. A stored
 * secret is bound to it, and has to be entered again where one of these changes. With another kind it could be made to
 * show (a signature's secret as a token, which goes over the wire); with another prefix, or sorted among texts of the
 * caller's, it could be guessed piece by piece. What is left free uses it as a key alone, and its answers are yes or no.
 * The settings may be anything: those of a client that were not looked at yet.
 */
export function secretUse(auth: WebhookAuth): string[] {
  const { provider = '', key } = auth as { provider?: string; key?: SignatureScheme['key'] };
  const kind = auth.type === 'signature' ? (auth.kind ?? 'hmac') : '';
  const texts = auth.type === 'signature' ? textsWithSecret(auth) : [];
  return [auth.type, kind, provider, key?.enc ?? 'utf8', key?.strip ?? '', ...texts];
}

/** Each begins with what it is of, so that none passes for another; in one order, whatever a database makes of it. */
function textsWithSecret({ content, alternatives, key, handshake }: SignatureAuth): string[] {
  const others: unknown[] = Array.isArray(alternatives) ? alternatives : [];
  const rows: unknown[] = Array.isArray(handshake) ? handshake : [];
  return [
    ...(key?.hash ? [`key ${key.hash}`] : []),
    ...(typeof content === 'string' && namesSecret(content) ? [`content ${content}`] : []),
    ...others.flatMap((text) => (typeof text === 'string' && namesSecret(text) ? [`alternative ${text}`] : [])).sort(),
    ...[...new Set(rows.flatMap(usesInHandshake))].sort(),
  ];
}

/** The digests that are given away with the secret in them, each with what proves the call; and where it is sent. */
function usesInHandshake(row: unknown): string[] {
  const { auth, reply } = (isRecord(row) ? row : {}) as { auth?: Handshake['auth']; reply?: unknown };
  const { body, headers } = (isRecord(reply) ? reply : {}) as { body?: unknown; headers?: unknown };
  const texts = [body, ...(isRecord(headers) ? Object.values(headers) : [])];
  const proof = isRecord(auth) ? `${String(auth.from)} equals ${String(auth.equals)}` : String(auth);
  return [
    ...(isRecord(auth) && auth.equals === 'secret' ? [`proof ${proof}`] : []),
    ...texts
      .flatMap((text) => (typeof text === 'string' ? secretDigests(text) : []))
      .map((digest) => `answer ${digest} ${proof}`),
  ];
}
