// Framework-free: where a delivery id is.

import type { IdPlace } from './presets';

/** Before the places of several fields that are an id together. */
const SEVERAL = 'fields:';

/** The places that an id is made of: nearly always one. */
export function idSources(place: IdPlace): string[] {
  return place.startsWith(SEVERAL) ? place.slice(SEVERAL.length).split(',') : [place];
}
