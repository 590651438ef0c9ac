import { createHmac, randomBytes } from 'node:crypto';
import { credentialPlaces } from '../credentials/places';
import { readQuery, valuesOf } from '../verifiers/formFields';
import type { Accepted } from './types';

/** Of this process alone: a fingerprint is of no use to anybody else. */
const KEY = randomBytes(32);

/** A fingerprint of the credential that a request's head shows (password, token); null: it shows none, as with signatures. */
export function shownCredential({ endpoint, headers, path, search }: Accepted): string | null {
  const places = credentialPlaces(endpoint.auth).filter((place) => /^(header|query):/.test(place));
  if (places.length === 0) {
    return null;
  }
  const values = places.map((place) => {
    const name = place.slice(place.indexOf(':') + 1);
    return place.startsWith('header:')
      ? (headers[name.toLowerCase()] ?? null)
      : valuesOf(readQuery(`${path}?${search}`), name);
  });
  return values.some((value) => value !== null && value.length > 0)
    ? createHmac('sha256', KEY).update(JSON.stringify(values)).digest('base64')
    : null;
}
