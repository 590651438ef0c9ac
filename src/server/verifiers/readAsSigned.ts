import type { WebhookAuth } from '../../common/auth';
import { formatOf } from '../../common/contentTypes';
import { coverageOf, coverageOfScheme, signsContentType } from '../../common/coverage';
import { findProvider } from '../../common/providers';
import { schemeOfAuth } from '../../common/schemeOfAuth';
import { findMediaType, type MediaType } from '../parsers/mediaType';
import { isPlainAscii, typeByBytes, type TypeByBytes } from '../parsers/typeByBytes';
import type { Verified, VerifyRequest } from './types';

const JSON_TYPE = 'application/json';

/** What is read as JSON in UTF-8, or refused. */
const PLAIN_JSON = /^application\/json\s*(?:;\s*charset="?utf-?8"?\s*)?$/i;

/** In which a text is read where nothing is said of it. */
const UTF8 = /^(?:utf-?8|us-?ascii)?$/i;

/** Signs its `Content-Type` where it wants to, and sees to that itself. */
const SIGNS_TYPE = 'http-message-signatures';

/**
 * The verdict on a call whose body is signed, with what its body is to be read as. Its `Content-Type` is signed by
 * nobody: who has seen a call could say of it that it is something else, and have one value of a JSON document read as
 * several fields of a form.
 */
export function readAsSigned(verified: Verified, auth: WebhookAuth, request: VerifyRequest): Verified {
  return signsBody(auth) && !saysItself(auth) ? readByBytes(verified, request, auth.type === 'provider') : verified;
}

/**
 * What a signed body is read as where its type isn't signed: what its bytes are, whatever is said of them, so that the
 * same bytes are never two things. Where more is needed than they tell, it is said what the maker has to choose.
 * @param isListed a provider sends it whose texts are in UTF-8, whatever its libraries say of them
 */
export function readByBytes(verified: Verified, request: VerifyRequest, isListed = false): Verified {
  const { rawBody: body } = request;
  const header = request.headers['content-type'];
  const declared = typeof header === 'string' ? header : '';
  if (verified.plaintext || verified.handshake || body.length === 0 || PLAIN_JSON.test(declared)) {
    return verified;
  }
  const mediaType = findMediaType(declared);
  const found = typeByBytes(body);
  if (declared === '') {
    return found.contentType === JSON_TYPE ? verified : { ...verified, unsigned: { type: '' } };
  }
  if (declared === found.contentType) {
    return verified;
  }
  const said = mediaType ? formatOf(mediaType.type) : null;
  // Of what is said to be JSON and is none, JSON in another character set is left: else it is refused.
  const isJson = found.format === 'json' || said === 'json';
  const isSettled = isJson || said === found.format;
  const type = isJson && found.format !== 'json' ? JSON_TYPE : found.contentType;
  const unsigned = {
    ...(!isSettled && { type: declared }),
    ...(!isListed && mediaType && !isCharsetClear(body, found, mediaType) && { charset: mediaType.charset }),
  };
  return {
    ...verified,
    plaintext: { body, contentType: isSettled ? type : (mediaType?.type ?? '') },
    ...(Object.keys(unsigned).length > 0 && { unsigned }),
  };
}

/** Whether the text can only be in one character set. */
function isCharsetClear(body: Buffer, found: TypeByBytes, { charset = '' }: MediaType): boolean {
  return UTF8.test(charset.trim()) || found.namesCharset || isPlainAscii(body, charset);
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
