import { createHash } from 'node:crypto';
import type { WebhookAuth } from '../../common/auth';
import { HEADER_NAME } from '../../common/httpFields';
import { findProvider } from '../../common/providers';
import { schemeOfAuth } from '../../common/schemeOfAuth';

/** For what no registered scheme describes: how the caller has to prove itself is agreed upon beforehand. */
const SIGNATURE = 'Webhook-Signature';
const TOKEN = 'Webhook-Token';
const CERTIFICATE = 'Webhook-Certificate';

/**
 * The `WWW-Authenticate` of a 401, which must have one (RFC 9110 section 15.5.2): senders that wait for it before they
 * send their credentials never get in otherwise. It names the scheme, the same whatever was wrong.
 * @param key the workflow key: each webhook is a realm of its own, so that no client tries another one's credentials
 */
export function challengeFor(auth: WebhookAuth, key: string): string {
  const scheme = schemeOf(auth);
  const realm = `realm="webhook ${createHash('sha256').update(key).digest('hex').slice(0, 8)}"`;
  // RFC 7617 section 2.1.
  return scheme.toLowerCase() === 'basic' ? `Basic ${realm}, charset="UTF-8"` : `${scheme} ${realm}`;
}

function schemeOf(auth: WebhookAuth): string {
  switch (auth.type) {
    case 'basic':
      return 'Basic';
    case 'token':
      return tokenScheme(auth.in === 'header' ? auth.name : '', auth.scheme);
    case 'jwt': {
      const name = (auth.in ?? 'header') !== 'header' ? '' : auth.name || 'authorization';
      return tokenScheme(name, auth.scheme ?? 'Bearer');
    }
    case 'mtls':
      return CERTIFICATE;
    case 'signature':
    case 'provider': {
      const { jwt, basic } = (auth.type === 'provider' && findProvider(auth.provider)) || {};
      if (basic || jwt) {
        return basic ? 'Basic' : tokenScheme(jwt?.name || 'authorization', jwt?.scheme ?? 'Bearer');
      }
      const { kind, sig } = schemeOfAuth(auth) ?? {};
      const inAuthorization = [sig?.from].flat().includes('header:authorization');
      return kind === 'token' ? tokenScheme(inAuthorization ? 'authorization' : '', sig?.strip) : SIGNATURE;
    }
    default:
      return SIGNATURE;
  }
}

/** The word before a token in `Authorization` is its scheme (RFC 9110 section 11.4); elsewhere it has none. */
function tokenScheme(header: string, word: string | undefined): string {
  const scheme = word?.trim() ?? '';
  if (header.toLowerCase() !== 'authorization' || !HEADER_NAME.test(scheme)) {
    return TOKEN;
  }
  return scheme.toLowerCase() === 'bearer' ? 'Bearer' : scheme;
}
