import { generateKeyPairSync, sign } from 'node:crypto';

/** Someone who signs JSON Web Tokens with ES256. */
export interface JwtIssuer {
  /** Its key set, as it stands at a JWKS URL. */
  jwks: string;
  /** A token that is good for a minute. */
  token(): string;
}

export function jwtIssuer(kid: string): JwtIssuer {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return {
    jwks: JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid, alg: 'ES256' }] }),
    token() {
      const now = Math.floor(Date.now() / 1_000);
      const content = `${encode({ alg: 'ES256', kid })}.${encode({ iat: now, exp: now + 60 })}`;
      const signature = sign('sha256', Buffer.from(content), { key: privateKey, dsaEncoding: 'ieee-p1363' });
      return `${content}.${signature.toString('base64url')}`;
    },
  };
}

/** The headers of a PayPal notification that looks right and names a certificate that isn't there. */
export function inventedTransmission(number: number): Record<string, string> {
  return {
    'paypal-transmission-id': `t-${number}`,
    'paypal-transmission-time': new Date().toISOString(),
    'paypal-auth-algo': 'SHA256withRSA',
    'paypal-cert-url': `https://api.paypal.com/v1/notifications/certs/CERT-${number}`,
    'paypal-transmission-sig': Buffer.alloc(256, 1).toString('base64'),
  };
}
