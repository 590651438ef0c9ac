// Framework-free: where a delivery id is.

import type { IdPlace, SignatureScheme } from './presets';
import { baseOf, contentTemplates, isFolded, placeholdersIn } from './signedText';

/** Before the places of several fields that are an id together. */
const SEVERAL = 'fields:';

/** Fields that are joined without one of the two characters between, or without their names. */
const LOOSE = /^(?:(?:sorted|nocase|received)-(form|query)(?:-[a-z]+)?(?::[^!]?(?:!.*)?)?|lengths-(form)(?::.*)?)$/;

/** Fields of which the case of letters is not signed. */
const FOLDED = /^[a-z]+-(form|query)/;

/** The places that an id is made of: nearly always one. */
export function idSources(place: IdPlace): string[] {
  return place.startsWith(SEVERAL) ? place.slice(SEVERAL.length).split(',') : [place];
}

/**
 * Where a scheme's delivery id is. Of fields that are signed with nothing between them or in either case, characters can be moved from one
 * to the next under the same signature: an id among them is anybody's to change, and what is signed takes its place.
 */
export function placesOfId({
  id = [],
  ...texts
}: Pick<SignatureScheme, 'id' | 'content' | 'alternatives'>): readonly IdPlace[] {
  const loose = looselyJoined(texts);
  const isLoose = id
    .flatMap(idSources)
    .some((source) => loose.some((place) => source.startsWith(`${place}:`) || source.startsWith(`${place}-json:`)));
  return isLoose ? ['signed'] : id;
}

/** Where the fields stand (`form`, `query`) that a scheme signs so that other ones would be signed alike. */
export function looselyJoined(texts: Pick<SignatureScheme, 'content' | 'alternatives'>): string[] {
  return contentTemplates(texts)
    .flatMap(placeholdersIn)
    .flatMap((name) => {
      const [, first, second] = (isFolded(name) ? FOLDED : LOOSE).exec(baseOf(name)) ?? [];
      return first ?? second ?? [];
    });
}
