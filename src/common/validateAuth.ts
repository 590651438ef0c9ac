// Framework-free: what the verification part of a configuration must look like.

import { HEADER_NAME } from './httpFields';
import { JWT_ALGORITHMS } from './jwtAlgorithms';
import { HASH_ALGORITHMS, SIGNATURE_ENCODINGS } from './presets';
import { findProvider } from './providers';
import {
  all,
  anything,
  fields,
  flag,
  integer,
  isRecord,
  issue,
  list,
  oneOf,
  recordOf,
  some,
  text,
  type ConfigIssue,
  type Rule,
} from './rules';
import { httpsUrl, openHandshakes, signatureConflicts, signatureRules, tolerance } from './validateSignature';

const isoDate: Rule = all(text({ max: 40 }), (value, at) =>
  Number.isNaN(Date.parse(value as string)) ? issue(at, 'This must be a date, such as 2030-01-31.') : [],
);

const secretEntry = fields({
  name: text({ max: 100 }),
  value: text(),
  sealed: text({ max: 50_000 }),
  expiresAt: isoDate,
});

const secret: Rule = (value, at) => (typeof value === 'string' ? text()(value, at) : secretEntry(value, at));
const secrets = list(secret, { max: 20 });

const tokenName: Rule = all(text({ min: 1, max: 200 }), (value, at) =>
  HEADER_NAME.test(value as string) ? [] : issue(at, '"{{name}}" is not a valid header name.', { name: String(value) }),
);

/** What RFC 7617 section 2 lets a user name be: it ends at the first colon. Empty is one too. */
const userName: Rule = all(text({ max: 300 }), (value, at) => {
  if (/[:\p{Cc}]/u.test(value as string)) {
    return issue(
      at,
      'A user name can hold neither a colon nor a line break: in HTTP Basic it ends at the first colon.',
    );
  }
  return value !== '' && (value as string).trim() === ''
    ? issue(at, 'Leave the user name empty, or write one that is more than spaces.')
    : [];
});

const knownProvider: Rule = all(text({ min: 1, max: 100 }), (value, at) =>
  findProvider(value as string) ? [] : issue(at, 'There is no provider "{{id}}".', { id: String(value) }),
);

/** A claim's value, or several of which it must be one. */
const claimValue: Rule = (value, at) =>
  Array.isArray(value) ? some(text({ min: 1, max: 1000 }))(value, at) : text({ min: 1, max: 1000 })(value, at);

const jwt: Record<string, Rule> = {
  in: oneOf(['header', 'query', 'body']),
  name: text({ max: 200 }),
  scheme: text({ max: 50 }),
  algorithms: some(oneOf(JWT_ALGORITHMS)),
  publicKey: text({ max: 100_000 }),
  jwksUrl: httpsUrl,
  issuer: text({ max: 1000 }),
  audience: text({ max: 1000 }),
  clockTolerance: tolerance,
  requireExpiry: flag,
  maxAge: integer(1, 86_400),
  claims: recordOf(text({ min: 1, max: 200 }), claimValue, { max: 20 }),
  bodyHash: fields(
    { claim: text({ min: 1, max: 200 }), alg: oneOf(HASH_ALGORITHMS), enc: oneOf(SIGNATURE_ENCODINGS) },
    ['claim'],
  ),
  handshake: openHandshakes,
};

const mtls: Record<string, Rule> = {
  verifyHeader: tokenName,
  verifyValue: text({ min: 1, max: 1000 }),
  identityHeader: tokenName,
  allowed: some(text({ min: 1, max: 2000 })),
};

function jwtConflicts(auth: Record<string, unknown>, at: string): ConfigIssue[] {
  if (auth.in !== 'body') {
    return auth.name === undefined ? [] : tokenName(auth.name, `${at}.name`);
  }
  return auth.bodyHash === undefined
    ? []
    : issue(`${at}.bodyHash`, 'A token in the body holds no hash of it: what it says is the data.');
}

interface AuthTypeRules {
  rules: Record<string, Rule>;
  required: string[];
  /** What doesn't go together; looked at only where each setting by itself is right. */
  conflicts?: (auth: Record<string, unknown>, at: string) => ConfigIssue[];
}

/** The settings of each way to verify, with those that it can't do without. */
const AUTH_TYPES: Record<string, AuthTypeRules> = {
  none: { rules: {}, required: [] },
  basic: { rules: { username: userName, passwords: secrets }, required: ['username'] },
  token: {
    rules: { in: oneOf(['header', 'query', 'body']), name: text({ min: 1, max: 200 }), scheme: text({ max: 50 }) },
    required: ['in', 'name'],
    // A field of a body may be called what no header can.
    conflicts: (auth, at) => (auth.in === 'body' ? [] : tokenName(auth.name, `${at}.name`)),
  },
  jwt: { rules: jwt, required: ['algorithms'], conflicts: jwtConflicts },
  mtls: { rules: mtls, required: Object.keys(mtls) },
  signature: { rules: signatureRules, required: ['sig'], conflicts: signatureConflicts },
  provider: {
    rules: { provider: knownProvider, options: anything, tolerance },
    required: ['provider'],
    conflicts: ({ provider, options }, at) => providerOptions(provider)(options, `${at}.options`),
  },
};

/** The settings that a provider has of its own, and no others: what they hold is sealed where it is a secret. */
function providerOptions(id: unknown): Rule {
  const names = findProvider(String(id))?.options?.map(({ name }) => name) ?? [];
  return (value, at) =>
    isRecord(value) ? fields(Object.fromEntries(names.map((name) => [name, anything])))(value, at) : [];
}

/** `auth`: its type, and that type's own settings. `secrets` may stand, empty, beside any of them. */
export const authRule: Rule = (value, at) => {
  if (!isRecord(value)) {
    return issue(at, 'This must be an object.');
  }
  const typeIssues = oneOf(Object.keys(AUTH_TYPES))(value.type, `${at}.type`);
  const type = AUTH_TYPES[String(value.type)];
  if (typeIssues.length > 0 || !type) {
    return typeIssues;
  }
  const issues = fields({ type: anything, secrets, ...type.rules }, type.required)(value, at);
  return issues.length > 0 ? issues : (type.conflicts?.(value, at) ?? []);
};
