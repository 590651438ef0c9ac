// Framework-free: what the proof of a call covers, in one place for the panel, the guides and the verifiers.

import type { WebhookAuth } from './auth';
import { idSources } from './idPlaces';
import type { Coverage, SignatureScheme } from './presets';
import { findProvider } from './providers';
import type { Provider } from './providers/provider';
import { contentTemplates, holdsBody, holdsUrl } from './signedText';

/** The parts of a scheme that say what it signs. */
export type SignedParts = Pick<SignatureScheme, 'kind' | 'content' | 'alternatives' | 'ts' | 'headers'>;

/** What a scheme that is data covers: what every text that it may have signed holds. */
export function coverageOfScheme({ kind, content, alternatives = [], ts, headers }: SignedParts): Coverage {
  if (kind === 'token') {
    return { body: 'none', url: false, tolerance: null };
  }
  const texts = contentTemplates({ content, alternatives });
  const all = (...parts: string[]) => texts.every((text) => parts.some((part) => text.includes(part)));
  const signsBody = texts.every(holdsBody);
  const signsHeader = (source: string): boolean =>
    all('{headers}') && namesOf(headers).some((name) => source === `header:${name}`);
  const signsTime =
    ts !== undefined &&
    (all('{ts}', ts.from) || (signsBody && /^(json|xml|form):/.test(ts.from)) || signsHeader(ts.from));
  return {
    body: signsBody ? 'whole' : 'none',
    url: texts.every(holdsUrl),
    tolerance: (signsTime && ts.tol) || null,
  };
}

/** The headers that are always among those that are signed together. */
function namesOf(headers: SignatureScheme['headers']): readonly string[] {
  return (Array.isArray(headers?.names) ? headers.names : headers?.required) ?? [];
}

/**
 * Whether a repeat is known by the whole body where there is no id: it is signed, such ids as there are stand in it, and
 * in each event's is its time.
 */
export function isKnownByBody(provider: Provider): boolean {
  const sources = ((provider.scheme ?? provider.jwt)?.id ?? []).flatMap(idSources);
  return (
    (provider.scheme !== null || provider.jwt !== undefined) &&
    coverageOf(provider).body === 'whole' &&
    sources.every((source) => source.startsWith('json:'))
  );
}

/** What a provider's proof covers. */
export function coverageOf({ scheme, jwt, covers }: Provider): Coverage {
  if (covers) {
    return covers;
  }
  return scheme
    ? coverageOfScheme(scheme)
    : { body: jwt?.bodyHash ? 'whole' : 'none', url: false, tolerance: jwt?.maxAge ?? null };
}

/**
 * Seconds for which a copy of a call would be taken once more, by the time that it signs, which may lie ahead by as much
 * as behind: for so long at least a signed id has to be remembered. 0: it signs none, or the webhook doesn't look at it.
 */
export function replayableFor(auth: WebhookAuth): number {
  return 2 * signedTolerance(auth);
}

function signedTolerance(auth: WebhookAuth): number {
  switch (auth.type) {
    case 'provider':
      return auth.tolerance ?? toleranceOf(auth.provider);
    case 'signature':
      return auth.ts?.tol ?? 0;
    default:
      return 0;
  }
}

/** Seconds that the time which a provider signs may be off; 0: it signs none. */
export function toleranceOf(id: string): number {
  const provider = findProvider(id);
  return (provider && coverageOf(provider).tolerance) ?? 0;
}
