// Framework-free.

import type { SignatureScheme } from './presets';

/**
 * A signature as a sender writes it: with its prefix, as a part of its item, and among the items of its list, the time
 * before it where the list has that too.
 * @param time as the scheme counts it; null where no time is signed
 * @param beside what else stands in the list, as it is written there
 */
export function signatureItems(
  scheme: SignatureScheme,
  signature: string,
  time: string | null,
  beside: readonly string[] = [],
): string {
  const { sig, ts } = scheme;
  const before = ts?.from.startsWith('sig:') ? [`${ts.from.slice('sig:'.length).replace(/^#\d+$/, '')}${time}`] : [];
  const filling = Array.from({ length: Math.max(0, (sig.item ?? 1) - 1 - before.length) }, () => 'x');
  return [...before, ...filling, `${sig.prefix ?? ''}${inParts(scheme, signature)}`, ...beside].join(sig.split ?? ',');
}

/** The name of the key is made up: a secret without a name is tried with any. */
function inParts({ sig: { parts }, alg = 'sha256' }: SignatureScheme, signature: string): string {
  if (!parts) {
    return signature;
  }
  const { by, sig, key, alg: hash } = parts;
  const items = Array.from({ length: Math.max(sig, key ?? 1, hash ?? 1) }, (_x, index) =>
    index + 1 === sig ? signature : index + 1 === hash ? alg.toUpperCase() : '1',
  );
  return items.join(by);
}
