// Framework-free: the algorithms of JSON Web Signatures.

/** Signature algorithms of RFC 7518 and RFC 8037 that a token may be signed with. `none` is not one. */
export const JWT_ALGORITHMS = [
  'HS256',
  'HS384',
  'HS512',
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
] as const;
export type JwtAlgorithm = (typeof JWT_ALGORITHMS)[number];
