// Framework-free: what tells repeats where a call brings no id. The one rule for every provider.

import { coverageOf } from '../coverage';
import { idSources } from '../idPlaces';
import type { IdPlace } from '../presets';
import type { Provider } from './provider';

/**
 * The provider with the last place by which its repeats are known. Where body and time are signed, what is signed is one
 * call's alone: a copy that a stranger sends is known by it, and another event is another one, however alike their bodies
 * are. A body alone tells nothing, unless a row says where its time stands (`fields:json:time,body`): two events can be
 * the same to the byte. Nor does it help where ids stand in headers, which a stranger can choose.
 */
export function withRepeats(provider: Provider): Provider {
  const { scheme, jwt } = provider;
  const { body, tolerance } = coverageOf(provider);
  if (body !== 'whole' || tolerance === null) {
    return provider;
  }
  if (scheme) {
    return { ...provider, scheme: { ...scheme, id: withSigned(scheme.id) } };
  }
  return jwt ? { ...provider, jwt: { ...jwt, id: withSigned(jwt.id) } } : provider;
}

function withSigned(id: readonly IdPlace[] = []): IdPlace[] {
  const areInBody = id.flatMap(idSources).every((source) => source === 'body' || source.startsWith('json:'));
  return areInBody ? [...id, 'signed'] : [...id];
}
