// Framework-free: whether the id by which repeats are known is signed.

import type { WebhookAuth } from './auth';
import { idSources } from './idPlaces';
import type { SignatureScheme } from './presets';
import { findProvider } from './providers';
import type { JwtScheme } from './providers/provider';
import { schemeOfAuth } from './schemeOfAuth';
import { contentTemplates, holdsUrl, placeholdersIn } from './signedText';

/**
 * Whether the delivery id that this way to verify gives is part of what its signature covers: nobody but the sender can
 * have given it to that body. One that stands in a header beside the signature, or that comes with a token, is not.
 */
export function isDeliveryIdSigned(auth: WebhookAuth): boolean {
  const scheme = schemeOfAuth(auth);
  const provider = auth.type === 'provider' ? findProvider(auth.provider) : undefined;
  return scheme ? schemeSignsId(scheme) : (provider?.idSigned ?? tokenSignsId(provider?.jwt));
}

/** A token covers the body only where it holds a hash of it. */
function tokenSignsId(jwt: JwtScheme | undefined): boolean {
  const sources = (jwt?.id ?? []).flatMap(idSources);
  return (
    jwt?.bodyHash !== undefined && sources.length > 0 && sources.every((source) => /^(json|form|xml):/.test(source))
  );
}

/** An id has to be signed wherever it may stand: which of its sources counts is up to who sends. */
function schemeSignsId(scheme: Pick<SignatureScheme, 'kind' | 'id' | 'content' | 'alternatives'>): boolean {
  const { kind, id = [] } = scheme;
  const templates = contentTemplates(scheme);
  return (
    kind !== 'token' &&
    id.length > 0 &&
    id.flatMap(idSources).every((source) => templates.every((content) => covers(content, source)))
  );
}

function covers(content: string, source: string): boolean {
  const [, place = ''] = /^(\w+):/.exec(source) ?? [];
  const signed = placeholdersIn(content);
  const whole: Partial<Record<string, boolean>> = {
    json: signed.some((name) => name === 'body' || name.endsWith(':body')),
    xml: signed.some((name) => name === 'body' || name.endsWith(':body')),
    // Fields that are left out of the signed ones aren't signed.
    form: signed.some((name) => name === 'body' || name.endsWith(':body') || isJoined(name, 'sorted-form', source)),
    query: holdsUrl(content) || signed.some((name) => isJoined(name, 'sorted-query', source)),
  };
  return (
    whole[place] === true ||
    signed.includes(source) ||
    signed.some((name) => name.startsWith('sorted:') && name.slice('sorted:'.length).split(',').includes(source))
  );
}

function isJoined(name: string, placeholder: string, source: string): boolean {
  const [, leftOut = ''] = name.split('!');
  return name.startsWith(placeholder) && !leftOut.split(',').includes(source.slice(source.indexOf(':') + 1));
}
