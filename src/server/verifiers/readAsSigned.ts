import { isUtf8 } from 'node:buffer';
import type { WebhookAuth } from '../../common/auth';
import { formatOf } from '../../common/contentTypes';
import { signsContentType } from '../../common/coverage';
import { coverageOfAuth } from '../../common/coverageOfAuth';
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
 * What a signed body is read as where its type isn't signed. JSON, XML and a form with files are what their bytes are,
 * whatever is said of them, so that nothing in one of their values becomes a field. What has no such structure is what
 * its header says: a form, a text, bytes, lines of JSON. Of the rest it is said what the maker has to choose.
 * @param isListed a provider sends it whose texts are in UTF-8, whatever its libraries say of them
 */
export function readByBytes(verified: Verified, request: VerifyRequest, isListed = false): Verified {
  const { rawBody: body } = request;
  const header = request.headers['content-type'];
  const declared = typeof header === 'string' ? header : '';
  const mediaType = findMediaType(declared);
  if (verified.plaintext || verified.handshake || body.length === 0 || PLAIN_JSON.test(declared) || !mediaType) {
    return verified;
  }
  const found = typeByBytes(body);
  if (declared === found.contentType) {
    return verified;
  }
  const said = formatOf(mediaType.type);
  const isPlain = found.format === 'form' && said !== 'xml' && said !== 'multipart';
  if (!isListed && (isPlain || said === 'xml') && !found.namesCharset && !isUtf8(body)) {
    // Only its header can say in which character set it is.
    return verified;
  }
  // Of what is said to be JSON and is none, JSON in another character set is left: else it is refused.
  const isJson = found.format === 'json' || said === 'json';
  const isSettled = isJson || isPlain || said === found.format;
  const unsigned = {
    ...(!isSettled && { type: declared }),
    ...(!isListed && !isCharsetClear(body, found, mediaType) && { charset: mediaType.charset }),
  };
  const type = isJson && found.format !== 'json' ? JSON_TYPE : found.contentType;
  return {
    ...verified,
    plaintext: { body, contentType: isJson || said === found.format ? type : mediaType.type },
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
  const seesToItself = auth.type === 'provider' && auth.provider === SIGNS_TYPE;
  return !seesToItself && (coverageOfAuth(auth)?.body ?? 'none') !== 'none';
}
