// Framework-free: what may stand in HTTP fields that a maker fills in.

/** A field name, RFC 9110 section 5.1. */
export const HEADER_NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** A media type with optional parameters, RFC 9110 section 8.3.1, in ASCII and on one line. */
export const CONTENT_TYPE =
  /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+([\t ]*;[\t ]*[\w!#$&^.+-]+=("[\t\x20\x21\x23-\x7e]*"|[\w!#$&^.+-]+))*$/;

/**
 * Response headers that are not the maker's to set: they belong to the connection or to the length and
 * type of the answer, and a wrong one breaks the answer (RFC 9110 sections 7.6.1 and 8.6), or every answer has it.
 */
export const RESERVED_RESPONSE_HEADERS: readonly string[] = [
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-content-type-options',
];

/** Those that an answer may have once, whatever stands in it: of two, each client takes another one. */
export const SINGLE_HEADERS: readonly string[] = [
  'access-control-allow-credentials',
  'access-control-allow-origin',
  'age',
  'content-disposition',
  'content-location',
  'content-range',
  'date',
  'etag',
  'expires',
  'last-modified',
  'location',
  'retry-after',
  'strict-transport-security',
];

/** The headers of an answer by name, in whatever case; of one that is there several times, as `Set-Cookie` may be, each value. */
export type AnswerHeaders = Record<string, string | string[]>;

/** Characters of a content type. */
export const MAX_CONTENT_TYPE = 200;

/** What an answer's status may be: what comes before it is no answer yet, RFC 9110 section 15. */
export const STATUSES = { min: 200, max: 599 };

/** Statuses whose answer has no body, RFC 9110 sections 6.4.1, 15.3.5, 15.3.6 and 15.4.5. */
export const BODILESS_STATUSES: readonly number[] = [204, 205, 304];
