// Framework-free: whether the id by which repeats are known is signed.

import type { WebhookAuth } from './auth';
import { idSources, placesOfId } from './idPlaces';
import type { SignatureScheme, Source } from './presets';
import { findProvider } from './providers';
import type { JwtScheme } from './providers/provider';
import { schemeOfAuth } from './schemeOfAuth';
import { baseOf, contentTemplates, holdsUrl, isFolded, joinsFields, leavesOut, placeholdersIn } from './signedText';

/**
 * Whether the delivery id that this way to verify gives is part of what its signature covers: nobody but the sender can
 * have given it to that body. One that stands in a header beside the signature, or that comes with a token, is not.
 */
export function isDeliveryIdSigned(auth: WebhookAuth): boolean {
  if (auth.type === 'jwt') {
    return auth.in === 'body';
  }
  const scheme = schemeOfAuth(auth);
  const provider = auth.type === 'provider' ? findProvider(auth.provider) : undefined;
  return scheme ? schemeSignsId(scheme) : (provider?.idSigned ?? tokenSignsId(provider?.jwt));
}

/** A token covers the body only where it holds a hash of it. */
function tokenSignsId(jwt: JwtScheme | undefined): boolean {
  const sources = (jwt?.id ?? []).flatMap(idSources);
  return (
    jwt?.bodyHash !== undefined &&
    sources.length > 0 &&
    sources.every((source) => /^(?:(?:json|form|xml):|body$|signed$)/.test(source))
  );
}

/** Whether what stands in one of these places is part of what a scheme signs, wherever of them it stands. */
export function signsPlaces(scheme: SignatureScheme, places: Source[]): boolean {
  return schemeSignsId({ ...scheme, id: places });
}

/** An id has to be signed wherever it may stand: which of its sources counts is up to who sends. */
function schemeSignsId(scheme: Pick<SignatureScheme, 'kind' | 'id' | 'content' | 'alternatives'>): boolean {
  const { kind } = scheme;
  const id = placesOfId(scheme);
  const templates = contentTemplates(scheme);
  return kind !== 'token' && id.length > 0 && id.flatMap(idSources).every((source) => signs(templates, source));
}

/** A text for calls in which a value isn't there need not name it. */
function signs(templates: readonly string[], source: string): boolean {
  const naming = templates.filter((content) => covers(content, source));
  return templates.every((content) => naming.includes(content) || naming.some((fuller) => leavesOut(content, fuller)));
}

function covers(content: string, source: string): boolean {
  const [, place = ''] = /^([\w-]+)(?::|$)/.exec(source) ?? [];
  // Where letters of either case are signed alike, another id can be made of one.
  const signed = placeholdersIn(content).filter((name) => !isFolded(name));
  const holdsBody = signed.some((name) => baseOf(name) === 'body');
  const whole: Partial<Record<string, boolean>> = {
    signed: true,
    body: holdsBody,
    json: holdsBody || signed.some((name) => isJoined(name, 'json', source)),
    xml: holdsBody,
    // Fields that are left out of the signed ones aren't signed.
    form: holdsBody || signed.some((name) => isJoined(name, 'form', source)),
    query: holdsUrl(content) || signed.some((name) => isJoined(name, 'query', source)),
  };
  // What is in a field is signed with it.
  const field = /^form-json:([^.]+)/.exec(source)?.[1];
  return (
    whole[place] === true ||
    (field !== undefined && covers(content, `form:${field}`)) ||
    signed.includes(source) ||
    signed.some((name) => name.startsWith('sorted:') && name.slice('sorted:'.length).split(',').includes(source))
  );
}

/** Of JSON what is left out is a field of the whole, with all that is in it. */
function isJoined(name: string, of: 'form' | 'json' | 'query', source: string): boolean {
  const [, leftOut = ''] = name.split('!');
  const path = source.slice(source.indexOf(':') + 1);
  const field = of === 'json' ? (path.split(/[.[]/)[0] ?? '') : path;
  return joinsFields(name, of) && !leftOut.split(',').includes(field);
}
