import iconv from 'iconv-lite';
import { WebhookError } from '../../common/errors';

/** Text of bytes in the declared charset; UTF-8 where none is. A byte order mark is taken off. */
export function decodeText(body: Buffer, charset: string | undefined): string {
  const name = charset ?? 'utf-8';
  if (!iconv.encodingExists(name)) {
    throw new WebhookError('TYPE_NOT_SUPPORTED', { reason: `unknown charset ${JSON.stringify(name)}` });
  }
  return iconv.decode(body, name);
}
