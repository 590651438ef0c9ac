import { WebhookError } from '../../common/errors';
import { remembering } from '../remembering';

/** A `Content-Type` header, taken apart. */
export interface MediaType {
  /** In lower case, without parameters. */
  type: string;
  charset?: string;
  /** Of a multipart body. */
  boundary?: string;
  /** The header as received. */
  declared: string;
}

const TYPE = /^\s*([\w!#$&^.+-]+\/[\w!#$&^.+-]+)\s*(?:;|$)/;
const PARAMETER = /;\s*([\w!#$&^.+-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s"]+))/g;

/**
 * Reads a `Content-Type` header (RFC 9110 section 8.3.1). What is no parameter is passed over, as senders
 * append all sorts of things (Alipay: `application/x-www-form-urlencoded; text/html; charset=utf-8`); of a
 * parameter given twice the first counts. Throws `TYPE_NOT_SUPPORTED` where there is no media type at all.
 */
export const readMediaType = remembering((declared): Readonly<MediaType> => {
  const type = TYPE.exec(declared)?.[1];
  if (type === undefined) {
    throw new WebhookError('TYPE_NOT_SUPPORTED', { reason: 'the Content-Type header is malformed' });
  }
  const parameters = new Map<string, string>();
  for (const [, name = '', quoted, token = ''] of declared.matchAll(PARAMETER)) {
    const key = name.toLowerCase();
    if (!parameters.has(key)) {
      parameters.set(key, quoted === undefined ? token : quoted.replace(/\\(.)/g, '$1'));
    }
  }
  return {
    type: type.toLowerCase(),
    charset: parameters.get('charset'),
    boundary: parameters.get('boundary'),
    declared,
  };
});
