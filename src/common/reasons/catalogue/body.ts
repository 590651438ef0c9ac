import type { ReasonEntry } from '../entry';

/** Why a body was not taken. */
export const BODY_REASONS = {
  BODY_BROKEN_OFF: { topic: 'body', text: 'The body broke off.' },
  BODY_TOO_SLOW: {
    topic: 'body',
    text: 'The body came too slowly: {{bytes}} bytes in {{seconds}} s.',
    values: { bytes: 'number', seconds: 'number' },
  },
  BODY_TOO_LARGE: { topic: 'body', text: 'The body is larger than {{max}} bytes.', values: { max: 'number' } },
  ROW_TOO_LARGE: { topic: 'body', text: 'The database does not take as much at once.' },
  FILE_TOO_LARGE: {
    topic: 'body',
    text: 'The file "{{file}}" is larger than its storage takes.',
    values: { file: 'text' },
  },
  FILE_TYPE_FORBIDDEN: {
    topic: 'body',
    text: 'The file "{{file}}" is of a type that its storage forbids.',
    values: { file: 'text' },
  },
  FILES_NOT_STORED: {
    topic: 'body',
    text: 'The files could not be stored: {{error}}',
    values: { error: 'text' },
  },
  ENCODING_UNKNOWN: {
    topic: 'body',
    text: 'The content encoding "{{encoding}}" is not known.',
    values: { encoding: 'text' },
  },
  ENCODING_MALFORMED: {
    topic: 'body',
    text: 'The body is not valid {{encoding}}, or something follows it.',
    values: { encoding: 'text' },
  },
  CONTENT_TYPE_MALFORMED: {
    topic: 'body',
    text: 'The Content-Type header is malformed: {{detail}}',
    details: {
      form: 'it is not written as one.',
      several: 'it names several types.',
      parameter: 'it names two values of one parameter.',
      boundary: 'it names no boundary.',
      boundaryLength: 'its boundary is longer than any may be.',
      notMultipart: 'the body is multipart, and it does not say so.',
    },
  },
  CHARSET_UNKNOWN: { topic: 'body', text: 'The charset "{{charset}}" is not known.', values: { charset: 'text' } },
  JSON_MALFORMED: {
    topic: 'body',
    text: 'JSON is not valid: {{detail}}',
    details: { body: 'the body.', field: 'a field of the form.' },
  },
  JSON_LINE_MALFORMED: { topic: 'body', text: 'Line {{line}} is not valid JSON.', values: { line: 'number' } },
  XML_MALFORMED: {
    topic: 'body',
    text: 'The XML is not taken: {{detail}}',
    details: {
      form: 'it is not well-formed.',
      declarations: 'it has a document type declaration with declarations in it.',
      names: 'it has a name that is too long, or with bytes that make no character.',
    },
  },
  MULTIPART_MALFORMED: {
    topic: 'body',
    text: 'The multipart body is malformed: {{detail}}',
    details: {
      delimiter: 'it has no delimiter with the boundary of its content type.',
      before: 'what may be a part stands before its first delimiter.',
      behind: 'what may be a part stands behind its closing delimiter.',
    },
  },
  PART_MALFORMED: {
    topic: 'body',
    text: 'Part {{part}} of the multipart body {{detail}} {{shown}}',
    values: { part: 'number', shown: 'text' },
    details: {
      headersTooLong: 'has too many or too long headers.',
      noEmptyLine: 'has no empty line behind its headers:',
      emptyLine: 'has an empty line before its headers.',
      headerTwice: 'has a header twice that can be there once:',
      noHeader: 'has a line among its headers that is none:',
      header: "has a header that can't be read:",
      name: 'has too long a name.',
      charset: 'is in a charset that is not known:',
      charsets: 'tells the charsets once more, or more of them than can be read:',
      delimiter: 'has a line that begins with the boundary and is no delimiter:',
      end: 'ends without a delimiter.',
      withinLine: 'holds the boundary within a line, and may end there or not.',
    },
  },
  NAMES_COLLIDE: {
    topic: 'body',
    text: 'Two names in one object are the same once they are read: {{name}}',
    values: { name: 'text' },
  },
  BODY_TOO_COMPLEX: {
    topic: 'body',
    text: 'The body or the query takes too long to read: {{detail}}',
    details: {
      levels: 'lists, objects or elements are nested too deep.',
      containers: 'there are too many lists, objects or elements for its length.',
      names: 'there are too many different names for its length.',
      rows: 'there are too many names for its length.',
      numbers: 'there are too many numbers that JavaScript can not hold for its length.',
      lines: 'there are too many lines for its length.',
      fields: 'there are too many fields, files or parts.',
      depth: 'names of fields are nested too deep.',
      attributes: 'an element has too many attributes.',
      unreadable: 'too many names hold bytes that make no character, or that no database stores.',
      pieces: 'it comes in too many pieces for its length.',
      boundaries: 'its boundary is in its content too often.',
    },
  },
} as const satisfies Record<string, ReasonEntry>;
