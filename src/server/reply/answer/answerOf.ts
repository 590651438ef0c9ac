import type { ReplyConfig } from '../../../common/config';
import { BODILESS_STATUSES } from '../../../common/httpFields';
import type { FileStore } from '../../files/FileStore';
import type { Answer } from '../../pipeline/types';
import { Filling, type Scope } from '../../templates/render';
import { contentOf, typeOfBytes } from './content';
import { contentTypeOf, headersOf, statusOf } from './head';

/** Where files are read that are answered. */
export type AnswerFiles = Pick<FileStore, 'read'>;

/**
 * A configured reply as it goes out, its `{{variables}}` filled in from `scope`; to be waited for only where it is a stored
 * file. Throws or rejects where it can't be sent: {@link UnsendableAnswer}, or what is filled in is too much.
 */
export function answerOf(reply: ReplyConfig, scope: Scope, files: AnswerFiles): Answer | Promise<Answer> {
  const filling = new Filling(scope);
  const status = statusOf(reply.status, filling);
  const headers = headersOf(reply.headers, filling);
  if (BODILESS_STATUSES.includes(status)) {
    return { status, headers, body: '' };
  }
  const contentType = contentTypeOf(reply.contentType, reply.body, filling);
  const content = contentOf(reply.body, contentType, filling);
  if (typeof content === 'string') {
    const typed = content === '' ? headers : { ...headers, 'content-type': withCharset(contentType) };
    return { status, headers: typed, body: content };
  }
  const sent = ({ bytes, contentType: own }: { bytes: Buffer; contentType: string }): Answer => ({
    status,
    headers: { ...headers, 'content-type': typeOfBytes(contentType, own) },
    body: bytes,
  });
  return 'file' in content ? files.read(content.file).then(sent) : sent(content);
}

function withCharset(contentType: string): string {
  return /;\s*charset=/i.test(contentType) || !/^(text\/|application\/(json|xml))/i.test(contentType)
    ? contentType
    : `${contentType}; charset=utf-8`;
}
