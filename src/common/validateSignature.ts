// Framework-free: what the settings of a custom signature must look like.

import { BODILESS_STATUSES, CONTENT_TYPE, HEADER_NAME, RESERVED_RESPONSE_HEADERS } from './httpFields';
import { isScript } from './contentTypes';
import { JWT_ALGORITHMS } from './jwtAlgorithms';
import {
  HASH_ALGORITHMS,
  PUBLIC_KEY_ENCODINGS,
  SHARED_KEY_ENCODINGS,
  SIGNATURE_ENCODINGS,
  SIGNATURE_KINDS,
  type SignatureKind,
  type SignatureScheme,
} from './presets';
import {
  digestsSecret,
  digestsSecretAlone,
  holdsSignature,
  MAX_REPLY_PLACES,
  placesInReply,
  REPLY_PLACEHOLDER,
  showsSecret,
  unknownInReply,
} from './replyText';
import {
  all,
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
import { scriptWithVariables, utf8Alone } from './validateReply';
import { contentTemplates, namesSecret, unknownPlaceholder, variesByCall } from './signedText';
import { TIME_UNIT_NAMES } from './timeUnits';

/** Texts that may be signed instead: each is tried with every secret. */
const MAX_ALTERNATIVES = 4;

/** Widest tolerance that can be set, in seconds: a day. */
const MAX_TOLERANCE = 86_400;

/** A tolerance in seconds. */
export const tolerance = integer(0, MAX_TOLERANCE);

/** An https address, or none. */
export const httpsUrl: Rule = all(text({ max: 2000 }), (value, at) =>
  value === '' || (URL.canParse(value as string) && new URL(value as string).protocol === 'https:')
    ? []
    : issue(at, 'This must be an https address.'),
);

const SOURCE = /^(header|query|json|xml|form|form-json|path):.+$/;
const source: Rule = all(text({ min: 1, max: 300 }), (value, at) =>
  SOURCE.test(value as string)
    ? []
    : issue(
        at,
        'Say where it is: "header:name", "query:name", "json:path", "form:name", "form-json:name.path", "xml:name" or "path:name".',
      ),
);
const sources: Rule = (value, at) => (Array.isArray(value) ? list(source, { max: 10 })(value, at) : source(value, at));
const timestampSource: Rule = (value, at) =>
  typeof value === 'string' && value.startsWith('sig:') ? text({ max: 100 })(value, at) : source(value, at);

const SEVERAL =
  /^fields:(header|query|json|xml|form|form-json):[^,]+(,((header|query|json|xml|form|form-json):[^,]+|body))+$/;
const idPlace: Rule = (value, at) =>
  typeof value === 'string' && (SEVERAL.test(value) || value === 'body' || value === 'signed')
    ? text({ max: 1000 })(value, at)
    : source(value, at);

const position = integer(1, 20);

const location = fields(
  {
    from: sources,
    any: flag,
    sets: text({ max: 10 }),
    split: text({ max: 10 }),
    item: position,
    prefix: text({ max: 100 }),
    parts: fields({ by: text({ min: 1, max: 10 }), sig: position, key: position, alg: position }, ['by', 'sig']),
    json: text({ min: 1, max: 100 }),
    enc: oneOf(SIGNATURE_ENCODINGS),
    strip: text({ max: 100 }),
    all: flag,
  },
  ['from'],
);

const headerName: Rule = all(text({ min: 1, max: 200 }), (value, at) =>
  HEADER_NAME.test(value as string) ? [] : issue(at, '"{{name}}" is not a valid header name.', { name: String(value) }),
);

const signedHeaders = fields(
  {
    names: (value, at) => (Array.isArray(value) ? some(headerName)(value, at) : source(value, at)),
    split: text({ min: 1, max: 10 }),
    between: text({ max: 10 }),
    join: text({ max: 10 }),
    required: list(headerName, { max: 20 }),
  },
  ['names'],
);

const plainValue: Rule = (value, at) =>
  ['string', 'number', 'boolean'].includes(typeof value)
    ? []
    : issue(at, 'This must be text, a number or true or false.');

const when: Rule = (value, at) => {
  if (!isRecord(value) || Object.keys(value).length === 0) {
    return issue(at, 'Say by what this call is known.');
  }
  return Object.entries(value).flatMap(([key, expected]) => {
    const place = `${at}.${key}`;
    if (key === 'method') {
      return oneOf(['GET', 'HEAD', 'POST', 'PUT', 'OPTIONS'])(expected, place);
    }
    return key === 'has' ? sources(expected, place) : [...source(key, place), ...plainValue(expected, place)];
  });
};

const proof: Rule = (value, at) =>
  isRecord(value)
    ? fields({ from: source, equals: oneOf(['secret']), wrong: integer(400, 499) }, ['from', 'equals'])(value, at)
    : oneOf(['signature', 'none', 'if-no-secret'])(value, at);

/** What would stand for itself, as nothing is filled in for it. */
const notFilledIn = (text: string, at: string): ConfigIssue[] =>
  issue(at, 'Nothing is filled in for "{{text}}": see how a place is written.', { text });

const replyText: Rule = all(text({ max: 4000 }), (value, at) => {
  const reply = value as string;
  if (showsSecret(reply)) {
    return issue(at, 'An answer can hold a digest of the secret, never the secret itself.');
  }
  const unknown = unknownInReply(reply);
  if (unknown !== null) {
    return notFilledIn(unknown, at);
  }
  return digestsSecretAlone(reply)
    ? issue(
        at,
        'A digest with the secret needs something of the call in it: of the secret alone, it could be guessed by.',
      )
    : [];
});

const signedText: Rule = all(text({ max: 1000 }), (value, at) => {
  const unknown = unknownPlaceholder(value as string);
  if (unknown !== null) {
    return notFilledIn(unknown, at);
  }
  return value === '' || variesByCall(value as string)
    ? []
    : issue(at, 'Nothing of the call is in this text: one signature would be good for every call. Sign {body}.');
});

const replyHeader: Rule = (value, at) =>
  RESERVED_RESPONSE_HEADERS.includes(at.slice(at.lastIndexOf('.') + 1).toLowerCase())
    ? issue(at, 'This header is set by the server.')
    : replyText(value, at);

/** Of challenges that are right, or of those that a row below is for: a wrong one may have to be told so. */
const answerStatus: Rule = (value, at) =>
  integer(200, 299)(value, at).length === 0 || integer(400, 499)(value, at).length === 0
    ? []
    : issue(at, 'This must be a status from 200 to 299, or from 400 to 499.');

const reply: Rule = all(
  fields(
    {
      status: answerStatus,
      type: all(
        text({ min: 1, max: 200 }),
        (value, at) =>
          CONTENT_TYPE.test(value as string) ? [] : issue(at, 'This must be a content type, such as application/json.'),
        utf8Alone,
      ),
      body: replyText,
      headers: recordOf(headerName, replyHeader, { max: 10 }),
    },
    ['status'],
  ),
  (value, at) => {
    const {
      status,
      type,
      body,
      headers = {},
    } = value as {
      status: number;
      type?: string;
      body?: string;
      headers?: Record<string, string>;
    };
    if (placesInReply([body ?? '', ...Object.values(headers)]) > MAX_REPLY_PLACES) {
      return issue(at, 'An answer holds at most {{max}} places of the call, in its body and its headers together.', {
        max: MAX_REPLY_PLACES,
      });
    }
    if (body && isScript(type) && body.search(REPLY_PLACEHOLDER) >= 0) {
      return scriptWithVariables(`${at}.body`);
    }
    return body && BODILESS_STATUSES.includes(status)
      ? issue(`${at}.body`, 'An answer with status {{status}} has no body.', { status })
      : [];
  },
);

const handshake: Rule = all(
  fields(
    {
      kind: text({ min: 1, max: 100 }),
      when,
      auth: proof,
      capture: fields({ secret: source }, ['secret']),
      reply,
    },
    ['kind', 'when', 'auth', 'reply'],
  ),
  (value, at) => {
    const { auth, capture } = value as { auth: unknown; capture?: unknown };
    return capture && auth !== 'if-no-secret'
      ? issue(`${at}.auth`, 'A secret is taken over only while none is set: choose "if-no-secret".')
      : [];
  },
);

/** Calls that are answered before a JSON Web Token: its secret signs tokens, and whatever it digests may be one. */
export const openHandshakes: Rule = all(list(handshake, { max: 10 }), (value, at) =>
  (value as { auth: unknown; reply: { body?: string; headers?: Record<string, string> } }[]).flatMap((row, index) => {
    const texts = [row.reply.body ?? '', ...Object.values(row.reply.headers ?? {})];
    return [
      ...(row.auth === 'none'
        ? []
        : issue(`${at}.${index}.auth`, 'Such a call comes without a token: nothing proves it.')),
      ...(texts.some(digestsSecret)
        ? issue(`${at}.${index}.reply`, 'With the secret in it, the answer could be a token.')
        : []),
    ];
  }),
);

const key = fields({
  enc: oneOf([...SHARED_KEY_ENCODINGS, ...PUBLIC_KEY_ENCODINGS]),
  strip: text({ max: 100 }),
  hash: oneOf(HASH_ALGORITHMS),
  idFrom: source,
  url: httpsUrl,
});

/** The settings of `auth` of the type `signature`, beside its secrets. */
export const signatureRules: Record<string, Rule> = {
  kind: oneOf(SIGNATURE_KINDS),
  alg: oneOf(HASH_ALGORITHMS),
  algorithms: some(oneOf(JWT_ALGORITHMS)),
  padding: oneOf(['pkcs1', 'pss']),
  form: oneOf(['der', 'p1363']),
  sig: location,
  content: signedText,
  alternatives: list(all(text({ min: 1, max: 1000 }), signedText), { max: MAX_ALTERNATIVES }),
  headers: signedHeaders,
  ts: fields({ from: timestampSource, unit: oneOf(TIME_UNIT_NAMES), tol: tolerance }, ['from', 'tol']),
  key,
  id: list(idPlace, { max: 10 }),
  handshake: list(handshake, { max: 10 }),
};

const SHARED: readonly SignatureKind[] = ['hmac', 'hash', 'token'];

/** What of the settings of a custom signature doesn't go together. */
export function signatureConflicts(auth: Record<string, unknown>, at: string): ConfigIssue[] {
  const { kind = 'hmac', alg, algorithms } = auth as { kind?: SignatureKind } & Record<string, unknown>;
  const contents = contentTemplates(auth as Pick<SignatureScheme, 'content' | 'alternatives'>);
  const of = (index: number) => (index === 0 ? `${at}.content` : `${at}.alternatives.${index - 1}`);
  const { enc, url } = (auth.key ?? {}) as { enc?: string; url?: string };
  const isShared = SHARED.includes(kind);
  const isPublicKey = (PUBLIC_KEY_ENCODINGS as readonly string[]).includes(enc ?? '');
  const issues: ConfigIssue[] = [];
  const isSeed = enc === 'seed';
  if (enc !== undefined && (isSeed ? kind !== 'ed25519' : kind !== 'jws' && isShared === isPublicKey)) {
    issues.push(...issue(`${at}.key.enc`, 'A key of this kind is not written so.'));
  }
  if ((isShared || isSeed) && url) {
    issues.push(...issue(`${at}.key.url`, 'Only public keys can be fetched.'));
  }
  if (!isShared && alg === 'md5') {
    issues.push(...issue(`${at}.alg`, 'MD5 proves nothing with a public key.'));
  }
  if (kind === 'jws' && algorithms === undefined) {
    issues.push(...issue(`${at}.algorithms`, 'This is required.'));
  }
  contents.forEach((content, index) => {
    if (kind === 'hash' && !namesSecret(content)) {
      issues.push(...issue(of(index), 'A hash proves nothing unless the secret is in the signed text: {secret}.'));
    }
  });
  if (contents.some((content) => content.includes('{headers}')) && auth.headers === undefined) {
    issues.push(...issue(`${at}.headers`, 'This is required.'));
  }
  if ((auth.ts as SignatureScheme['ts'])?.unit === 'unix' && !contents.every(boundsTime)) {
    issues.push(
      ...issue(`${at}.ts.unit`, 'With this unit, something other than a digit has to stand before and after {ts}.'),
    );
  }
  return [...issues, ...handshakeConflicts(auth, kind, isSeed, contents, at)];
}

/** Of two lengths, one time can be had from the other with digits of what is next to it: nothing variable may be. */
function boundsTime(content: string): boolean {
  return !/[}\d]\{ts\}|\{ts\}[{\d]/.test(content);
}

/** What strangers may have digested under the secret must not be what is signed. */
function handshakeConflicts(
  auth: Record<string, unknown>,
  kind: SignatureKind,
  isSeed: boolean,
  contents: readonly string[],
  at: string,
): ConfigIssue[] {
  const handshakes = (auth.handshake ?? []) as {
    auth: unknown;
    reply: { body?: string; headers?: Record<string, string> };
  }[];
  const isSafe =
    kind === 'token' ||
    !(SHARED.includes(kind) || isSeed || kind === 'jws') ||
    (kind !== 'jws' && contents.every((content) => content.includes('{body}')));
  return handshakes.flatMap((row, index) => {
    const texts = [row.reply.body ?? '', ...Object.values(row.reply.headers ?? {})];
    if (!isSeed && texts.some(holdsSignature)) {
      return issue(`${at}.handshake.${index}.reply`, 'Only a key that is made of the secret signs answers.');
    }
    return row.auth !== 'signature' && !isSafe && texts.some(digestsSecret)
      ? issue(
          `${at}.handshake.${index}.auth`,
          'Whoever asks could have their own text signed: let this call be proven by its signature, or have the body signed.',
        )
      : [];
  });
}
