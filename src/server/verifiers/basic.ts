import { equalText } from './compare';
import { decodeText } from './encoding';
import { refuse, requiredHeader } from './providers/fields';
import type { ResolvedSecret, VerifyRequest, VerifyResult } from './types';

/** Longest user name and password, in base64. */
const MAX_CREDENTIALS = 8192;

/** HTTP Basic, RFC 7617, in UTF-8. The password may hold colons, the user name can't. */
export function verifyBasic(
  username: string,
  passwords: readonly ResolvedSecret[],
  request: VerifyRequest,
): VerifyResult {
  const header = requiredHeader(request, 'authorization');
  if (typeof header !== 'string') {
    return header;
  }
  const written = /^basic +(\S+) *$/i.exec(header)?.[1] ?? '';
  const credentials = decodeText(written, 'base64', MAX_CREDENTIALS)?.toString('utf8') ?? '';
  const colon = credentials.indexOf(':');
  if (colon === -1) {
    return refuse('The header "authorization" holds no user name and password of HTTP Basic.');
  }
  // Both are compared, whatever the first says.
  const isUser = username !== '' && equalText(credentials.slice(0, colon), username);
  const [matching] = passwords.filter(({ value }) => equalText(credentials.slice(colon + 1), value));
  return isUser && matching
    ? { ok: true, secretName: matching.name, deliveryId: null }
    : refuse('User name or password is not the one set here.');
}
