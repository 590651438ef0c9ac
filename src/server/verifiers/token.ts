import { tokenSources, type TokenAuth } from '../../common/auth';
import { equalSent } from './compare';
import { isMultipart } from './formFields';
import { refuse, requiredHeader, requiredQuery } from './providers/fields';
import { Sources } from './Sources';
import type { NotVerified, ResolvedSecret, Verified, VerifyRequest, VerifyResult } from './types';

/** A shared token in a header, a query parameter or the body, after a word such as `Bearer` if one is set. */
export function verifyToken(auth: TokenAuth, secrets: readonly ResolvedSecret[], request: VerifyRequest): VerifyResult {
  const found = readToken(auth, request);
  if ('ok' in found) {
    return found;
  }
  const { value, plaintext } = found;
  const token = afterScheme(value, auth.scheme?.trim() ?? '');
  if (token === null) {
    return refuse('TOKEN_WORD_MISSING', { word: auth.scheme ?? '' });
  }
  const isSent = equalSent(token);
  const [matching] = secrets.filter(({ value: secret }) => isSent(secret));
  return matching
    ? { ok: true, secretName: matching.name, deliveryId: null, ...(plaintext && { plaintext }) }
    : refuse('TOKEN_MISMATCH');
}

interface FoundToken {
  value: string;
  /** The body as what it was read as: what a header says of it is nobody's word. */
  plaintext?: Verified['plaintext'];
}

function readToken(auth: TokenAuth, request: VerifyRequest): FoundToken | NotVerified {
  switch (auth.in) {
    case 'header':
      return found(requiredHeader(request, auth.name.toLowerCase()));
    case 'query':
      return found(requiredQuery(request, auth.name));
    case 'body':
      return inBody(auth, request);
    default:
      return refuse('SETTINGS_UNUSABLE', { detail: 'tokenPlace' });
  }
}

function found(value: string | NotVerified, plaintext?: Verified['plaintext']): FoundToken | NotVerified {
  return typeof value === 'string' ? { value, plaintext } : value;
}

function inBody({ name }: TokenAuth, request: VerifyRequest): FoundToken | NotVerified {
  const { value, contentType } = fieldOfBody(name, request);
  return found(value, { body: request.rawBody, contentType });
}

/** A field of a JSON body, of a form, or below one that holds JSON; and what the body was read as. */
export function fieldOfBody(
  name: string,
  request: VerifyRequest,
): { value: string | NotVerified; contentType: string } {
  const sources = new Sources(request, {});
  const [inJson = '', inForm = '', inFormJson] = tokenSources({ in: 'body', name });
  if (sources.isJsonObjectOrList()) {
    return { value: sources.one(inJson), contentType: 'application/json' };
  }
  // Of a multipart body the boundary is in the header, which has told where the token is.
  const contentType = isMultipart(request)
    ? String(request.headers['content-type'])
    : 'application/x-www-form-urlencoded';
  const place = inFormJson !== undefined && !sources.has(inForm) ? inFormJson : inForm;
  return { value: sources.one(place), contentType };
}

/** The token behind its word; null: it doesn't stand behind it. */
export function afterScheme(value: string, scheme: string): string | null {
  if (scheme === '') {
    return value;
  }
  const rest = value.slice(scheme.length);
  const isScheme = value.slice(0, scheme.length).toLowerCase() === scheme.toLowerCase() && rest.startsWith(' ');
  return isScheme ? rest.trim() : null;
}
