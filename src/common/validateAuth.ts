// Framework-free: what the verification part of a configuration must look like.

import { JWT_ALGORITHMS } from './auth';
import { HEADER_NAME } from './httpFields';
import { all, anything, fields, flag, integer, isRecord, issue, list, oneOf, text, type Rule } from './rules';
import { findProvider } from './providers';

/** Widest tolerance that can be set, in seconds: a day. */
const MAX_TOLERANCE = 86_400;

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

const SOURCE = /^(header|query|json|config):.+$/;
const source: Rule = all(text({ min: 1, max: 300 }), (value, at) =>
  SOURCE.test(value as string) ? [] : issue(at, 'Say where it is: "header:name", "query:name" or "json:path".'),
);
const sources: Rule = (value, at) => (Array.isArray(value) ? list(source, { max: 10 })(value, at) : source(value, at));
const timestampSource: Rule = (value, at) =>
  typeof value === 'string' && value.startsWith('sig:') ? text({ max: 100 })(value, at) : source(value, at);

const SEVERAL = /^fields:(header|query|json):[^,]+(,(header|query|json):[^,]+)+$/;
const idPlace: Rule = (value, at) =>
  typeof value === 'string' && SEVERAL.test(value) ? text({ max: 1000 })(value, at) : source(value, at);

const tolerance = integer(0, MAX_TOLERANCE);

const hmac: Record<string, Rule> = {
  alg: oneOf(['sha1', 'sha256', 'sha384', 'sha512']),
  sig: fields(
    {
      from: sources,
      split: text({ max: 10 }),
      prefix: text({ max: 100 }),
      enc: oneOf(['hex', 'base64', 'base64url']),
      strip: text({ max: 100 }),
      all: flag,
    },
    ['from'],
  ),
  content: text({ max: 1000 }),
  ts: fields({ from: timestampSource, unit: oneOf(['s', 'ms']), tol: tolerance }, ['from', 'tol']),
  key: fields({ enc: oneOf(['utf8', 'base64', 'hex']), strip: text({ max: 100 }), idFrom: source }),
  id: list(idPlace, { max: 10 }),
};

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

/** A list that may not be empty. */
const some = (rule: Rule): Rule =>
  all(list(rule, { max: 50 }), (value, at) =>
    (value as unknown[]).length === 0 ? issue(at, 'This is required.') : [],
  );

const httpsUrl: Rule = all(text({ max: 2000 }), (value, at) =>
  value === '' || (URL.canParse(value as string) && new URL(value as string).protocol === 'https:')
    ? []
    : issue(at, 'This must be an https address.'),
);

const jwt: Record<string, Rule> = {
  in: oneOf(['header', 'query']),
  name: tokenName,
  scheme: text({ max: 50 }),
  algorithms: some(oneOf(JWT_ALGORITHMS)),
  publicKey: text({ max: 100_000 }),
  jwksUrl: httpsUrl,
  issuer: text({ max: 1000 }),
  audience: text({ max: 1000 }),
  clockTolerance: tolerance,
  requireExpiry: flag,
};

const mtls: Record<string, Rule> = {
  verifyHeader: tokenName,
  verifyValue: text({ min: 1, max: 1000 }),
  identityHeader: tokenName,
  allowed: some(text({ min: 1, max: 2000 })),
};

/** The settings of each way to verify, with those that it can't do without. */
const AUTH_TYPES: Record<string, { rules: Record<string, Rule>; required: string[] }> = {
  none: { rules: {}, required: [] },
  basic: { rules: { username: userName, passwords: secrets }, required: ['username'] },
  token: {
    rules: { in: oneOf(['header', 'query']), name: tokenName, scheme: text({ max: 50 }) },
    required: ['in', 'name'],
  },
  jwt: { rules: jwt, required: ['algorithms'] },
  mtls: { rules: mtls, required: Object.keys(mtls) },
  hmac: { rules: hmac, required: ['sig'] },
  provider: {
    rules: { provider: knownProvider, options: anything, tolerance },
    required: ['provider'],
  },
};

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
  return fields({ type: anything, secrets, ...type.rules }, type.required)(value, at);
};
