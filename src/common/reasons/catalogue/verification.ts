import type { ReasonEntry } from '../entry';

/** Why a call was not verified, whatever service it came from. */
export const VERIFICATION_REASONS = {
  SECRET_NOT_SET: { topic: 'secret', text: 'No secret is set.' },
  SECRET_EXPIRED: {
    topic: 'secret',
    text: 'The secret "{{secret}}" expired at {{expiresAt}}.',
    values: { secret: 'text', expiresAt: 'text' },
  },
  SECRET_UNREADABLE: {
    topic: 'secret',
    text: 'The secret "{{secret}}" is unreadable: enter it again.',
    values: { secret: 'text' },
  },
  VARIABLE_NOT_SET: {
    topic: 'secret',
    text: 'There is no variable "{{variable}}" in Variables and secrets, or it is empty.',
    values: { variable: 'text' },
  },
  SECRET_HAS_SPACES: {
    topic: 'secret',
    text: 'The secret set here has a space or line break before or after it.',
  },
  SECRET_NO_KEY: {
    topic: 'secret',
    text: 'No secret set here is a key as this scheme wants it ({{form}}).',
    values: { form: 'text' },
  },
  KEY_NOT_SET: {
    topic: 'secret',
    text: 'The request is signed with the key "{{key}}"; no secret set here has that name.',
    values: { key: 'text' },
  },
  KEY_OF_ALGORITHM_NOT_SET: {
    topic: 'secret',
    text: 'No key is set here that a token signed with {{algorithm}} could be checked with.',
    values: { algorithm: 'text' },
  },
  KEYS_NOT_FETCHED: {
    topic: 'secret',
    text: "The public keys can't be had: {{error}}",
    values: { error: 'text' },
  },

  SIGNATURE_MISSING: {
    topic: 'signature',
    text: '{{places}} is missing, where the signature would be.',
    values: { places: 'places' },
  },
  SIGNATURE_MALFORMED: {
    topic: 'signature',
    text: '{{places}} holds no signature as this scheme has it ({{form}}): length or characters differ.',
    values: { places: 'places', form: 'text' },
  },
  SIGNATURES_TOO_MANY: {
    topic: 'signature',
    text: '{{places}} holds more than {{max}} values.',
    values: { places: 'places', max: 'number' },
  },
  SIGNATURE_MISMATCH: {
    topic: 'signature',
    text: 'The signature does not match: signed with another secret, or changed on its way.',
  },
  SIGNATURE_MISMATCH_URL: {
    topic: 'url',
    text: "The signature does not match: signed for another URL than this webhook's own ({{origin}}), with another secret, or changed on its way.",
    values: { origin: 'text' },
  },
  SIGNATURE_EXPIRED: { topic: 'time', text: 'The signature has expired.' },
  SIGNATURE_TAG_MISMATCH: {
    topic: 'signature',
    text: 'The signature does not have the tag "{{tag}}".',
    values: { tag: 'text' },
  },
  SIGNATURE_LEAVES_OUT: {
    topic: 'signature',
    text: 'The signature does not cover: {{missing}}.',
    values: { missing: 'list' },
  },
  SIGNED_TEXT_AMBIGUOUS: {
    topic: 'signature',
    text: 'What is signed can be read in more than one way: {{detail}}',
    details: {
      values: 'other values than those that are there would be signed the same.',
      twice: 'a field is there more than once, or is a part of another one.',
      nameless: 'a field is without a name.',
      bracket: 'a field has a bracket in its name, and nothing that is signed says where its name ends.',
      brackets: 'a field has more brackets in its name than any sender writes.',
      field: 'a field holds what stands between the fields.',
      header: 'a header holds what stands between the headers.',
    },
  },
  SIGNED_PART_UNKNOWN: {
    topic: 'signature',
    text: 'A signed part is not in the request, is named twice, or is not supported.',
  },
  BODY_NOT_PROVEN: {
    topic: 'signature',
    text: 'The signature does not prove this body: {{detail}}',
    details: {
      json: 'it is not JSON.',
      names: 'it is no JSON object in which every name is there once.',
      digest: 'it is no JSON object or list, and of other texts this webhook answers digests.',
      form: 'it is no form.',
    },
  },
  BODY_CHANGED: {
    topic: 'signature',
    text: 'The body was changed on its way: {{detail}}',
    details: {
      lineBreaks: 'line breaks were added or removed.',
      json: 'its JSON was re-serialised.',
      markAdded: 'a byte order mark was added.',
      markRemoved: 'a byte order mark was removed.',
    },
  },
  BODY_DIGEST_MISMATCH: {
    topic: 'signature',
    text: 'The body is not the one that "{{name}}" stands for.',
    values: { name: 'text' },
  },
  SIGNED_ID_REUSED: { topic: 'signature', text: 'The id that is signed came before, with another body.' },

  TIMESTAMP_OUT_OF_TOLERANCE: {
    topic: 'time',
    text: 'The signed time is {{seconds}} s {{detail}}; {{tolerance}} s are allowed.',
    values: { seconds: 'number', tolerance: 'number' },
    details: { ago: 'ago', ahead: 'ahead' },
  },
  TIMESTAMP_MISSING: { topic: 'time', text: 'The signed time is missing or malformed.' },
  TIMESTAMP_MALFORMED: {
    topic: 'time',
    text: 'The signed time is not written as {{form}}.',
    values: { form: 'text' },
  },
  TOKEN_EXPIRED: { topic: 'time', text: 'The token ended {{seconds}} s ago.', values: { seconds: 'number' } },
  TOKEN_NOT_YET_VALID: {
    topic: 'time',
    text: 'The token begins {{seconds}} s from now.',
    values: { seconds: 'number' },
  },
  TOKEN_ISSUED_AHEAD: {
    topic: 'time',
    text: 'The token says that it was issued {{seconds}} s from now.',
    values: { seconds: 'number' },
  },
  TOKEN_TOO_OLD: { topic: 'time', text: 'The token was issued too long ago, or does not say when.' },

  VALUE_MISSING: { topic: 'credential', text: '{{place}} is missing.', values: { place: 'place' } },
  VALUE_REPEATED: { topic: 'credential', text: '{{place}} is there more than once.', values: { place: 'place' } },
  VALUE_MALFORMED: { topic: 'credential', text: '{{place}} is malformed.', values: { place: 'place' } },
  TOKEN_MISMATCH: { topic: 'credential', text: 'The token is not one that is set here.' },
  TOKEN_WORD_MISSING: {
    topic: 'credential',
    text: 'The token does not stand after the word "{{word}}".',
    values: { word: 'text' },
  },
  TOKEN_MALFORMED: { topic: 'credential', text: 'The token is not a signed JSON Web Token.' },
  TOKEN_EXTENDED: {
    topic: 'credential',
    text: 'The token names extensions that have to be understood ("crit"): none is.',
  },
  TOKEN_ALGORITHM_NOT_ALLOWED: {
    topic: 'credential',
    text: 'The token\'s algorithm "{{algorithm}}" is not one that is allowed here.',
    values: { algorithm: 'text' },
  },
  TOKEN_CLAIM_MISSING: { topic: 'credential', text: 'The token has no "{{claim}}".', values: { claim: 'text' } },
  TOKEN_CLAIM_MISMATCH: {
    topic: 'credential',
    text: 'The token\'s "{{claim}}" is not the one set here, or not one of those.',
    values: { claim: 'text' },
  },
  TOKEN_HASH_MALFORMED: {
    topic: 'credential',
    text: 'The token\'s "{{claim}}" is not a hash in {{form}}, so nothing covers the body.',
    values: { claim: 'text', form: 'text' },
  },
  PASSWORD_MISMATCH: { topic: 'credential', text: 'User name or password is not the one set here.' },
  PASSWORD_MALFORMED: {
    topic: 'credential',
    text: 'The header "authorization" holds no user name and password of HTTP Basic.',
  },

  PROXY_NOT_TRUSTED: {
    topic: 'proxy',
    text: 'The request did not come from a trusted proxy, so its word on a certificate does not count.',
  },
  CERTIFICATE_NOT_VERIFIED: {
    topic: 'credential',
    text: 'The proxy says "{{verdict}}" of the client certificate.',
    values: { verdict: 'text' },
  },
  CERTIFICATE_NOT_ALLOWED: {
    topic: 'credential',
    text: 'The client certificate of "{{identity}}" is not one that is let in here.',
    values: { identity: 'text' },
  },
} as const satisfies Record<string, ReasonEntry>;
