import { isUtf8 } from 'node:buffer';
import type { WebhookAuth } from '../../common/auth';
import { formatOf } from '../../common/contentTypes';
import { coverageOf, coverageOfScheme, signsContentType } from '../../common/coverage';
import { findProvider } from '../../common/providers';
import { schemeOfAuth } from '../../common/schemeOfAuth';
import { findMediaType } from '../parsers/mediaType';
import { parseJson } from './providers/fields';
import type { Verified, VerifyRequest } from './types';

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';

/** What is read as JSON in UTF-8 anyway. */
const PLAIN_JSON = /^application\/json\s*(?:;\s*charset="?utf-?8"?\s*)?$/i;

/** What is read as a form in UTF-8 anyway. */
const PLAIN_FORM = /^application\/x-www-form-urlencoded\s*(?:;\s*charset="?utf-?8"?\s*)?$/i;

/** Signs its `Content-Type` where it wants to, and sees to that itself. */
const SIGNS_TYPE = 'http-message-signatures';

/**
 * The verdict on a call whose body is signed, with what its body is to be read as. Its `Content-Type` is signed by
 * nobody: who has seen a call could say of it that it is something else, and have one value of a JSON document read as
 * several fields of a form. So a JSON object or list is read as JSON in UTF-8 whatever the header says, and a known
 * provider's form in UTF-8.
 */
export function readAsSigned(verified: Verified, auth: WebhookAuth, request: VerifyRequest): Verified {
  const declared = request.headers['content-type'];
  if (verified.plaintext || verified.handshake || typeof declared !== 'string' || PLAIN_JSON.test(declared)) {
    return verified;
  }
  const isForm = formatOf(findMediaType(declared)?.type ?? '') === 'form';
  const isProvider = auth.type === 'provider';
  const { rawBody: body } = request;
  if (!signsBody(auth) || (!isProvider && !isForm && isBelieved(declared, auth, body))) {
    return verified;
  }
  if (isObject(parseJson(body))) {
    return { ...verified, plaintext: { body, contentType: JSON_TYPE } };
  }
  return isForm && isProvider && body.length > 0 && !PLAIN_FORM.test(declared)
    ? { ...verified, plaintext: { body, contentType: FORM_TYPE } }
    : verified;
}

/**
 * Whether a sender of one's own is believed about a body that is no form: it may sign what it is, or send JSON in another
 * charset, of which some texts are UTF-8 as well, or lines of JSON.
 */
function isBelieved(declared: string, auth: WebhookAuth, body: Buffer): boolean {
  const { type = '', charset } = findMediaType(declared) ?? {};
  const format = formatOf(type);
  const isInOther = charset !== undefined && !/^utf-?8$/i.test(charset) && (format === 'json' || format === 'text');
  return format === 'ndjson' || isInOther || !isUtf8(body) || saysItself(auth);
}

/** Whether what the body is, is signed too. */
function saysItself(auth: WebhookAuth): boolean {
  const scheme = auth.type === 'signature' ? schemeOfAuth(auth) : null;
  return scheme !== null && signsContentType(scheme);
}

function signsBody(auth: WebhookAuth): boolean {
  if (auth.type === 'jwt') {
    return auth.bodyHash !== undefined;
  }
  const scheme = auth.type === 'signature' ? schemeOfAuth(auth) : null;
  if (scheme) {
    return coverageOfScheme(scheme).body !== 'none';
  }
  const provider = auth.type === 'provider' && auth.provider !== SIGNS_TYPE ? findProvider(auth.provider) : undefined;
  return provider !== undefined && coverageOf(provider).body !== 'none';
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
