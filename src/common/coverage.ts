// Framework-free: what the proof of a call covers, in one place for the panel, the guides and the verifiers.

import type { Coverage, SignatureScheme } from './presets';
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
  const signsHeader = (source: string): boolean => areSigned(source, texts, headers);
  const signsTime =
    ts !== undefined &&
    (all('{ts}', ts.from) || (signsBody && /^(json|xml|form):/.test(ts.from)) || signsHeader(ts.from));
  return {
    body: signsBody ? 'whole' : 'none',
    url: texts.every(holdsUrl),
    tolerance: (signsTime && ts.tol) || null,
  };
}

/** Whether a scheme that is data signs what its bodies are. */
export function signsContentType({ kind, content, alternatives = [], headers }: SignedParts): boolean {
  const texts = contentTemplates({ content, alternatives }).map((text) => text.toLowerCase());
  const source = 'header:content-type';
  return kind !== 'token' && (texts.every((text) => text.includes(source)) || areSigned(source, texts, headers));
}

function areSigned(source: string, texts: readonly string[], headers: SignatureScheme['headers']): boolean {
  return (
    texts.every((text) => text.includes('{headers}')) &&
    namesOf(headers).some((name) => source.toLowerCase() === `header:${name}`.toLowerCase())
  );
}

/** The headers that are always among those that are signed together. */
function namesOf(headers: SignatureScheme['headers']): readonly string[] {
  return (Array.isArray(headers?.names) ? headers.names : headers?.required) ?? [];
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
