import { equalText } from './compare';
import { decodeText } from './encoding';
import { refuse, requiredHeader } from './providers/fields';
import type { ResolvedSecret, VerifyRequest, VerifyResult } from './types';

/** Longest user name and password, in base64. */
const MAX_CREDENTIALS = 8192;

/**
 * HTTP Basic, RFC 7617, in UTF-8. The password may hold colons, the user name can't.
 * @param username empty: the sender must give none; no text: it refers to what isn't there
 */
export function verifyBasic(
  username: unknown,
  passwords: readonly ResolvedSecret[],
  request: VerifyRequest,
): VerifyResult {
  if (typeof username !== 'string' || username.includes(':')) {
    return refuse('SETTINGS_UNUSABLE', { detail: 'userName' });
  }
  const header = requiredHeader(request, 'authorization');
  if (typeof header !== 'string') {
    return header;
  }
  const written = /^basic +(\S+) *$/i.exec(header)?.[1] ?? '';
  const credentials = decodeText(written, 'base64', MAX_CREDENTIALS)?.toString('utf8') ?? '';
  const colon = credentials.indexOf(':');
  if (colon === -1) {
    return refuse('PASSWORD_MALFORMED');
  }
  // Both are compared, whatever the first says.
  const sent = [credentials.slice(0, colon), credentials.slice(colon + 1)].map(normalized) as [string, string];
  const isUser = username === '' ? sent[0] === '' : equalText(sent[0], normalized(username));
  const [matching] = passwords.filter(({ value }) => equalText(sent[1], normalized(value)));
  return isUser && matching ? { ok: true, secretName: matching.name, deliveryId: null } : refuse('PASSWORD_MISMATCH');
}

/** Form C, as RFC 7617 section 2.1 has it: a letter with its accent can be written in two ways. */
function normalized(text: string): string {
  return text.normalize('NFC');
}
