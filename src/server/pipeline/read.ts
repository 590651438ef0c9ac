import getRawBody from 'raw-body';
import { WebhookError } from '../../common/errors';
import type { Accepted, Read } from './types';

/** The whole body must be here within this time, in milliseconds. */
const BODY_TIMEOUT = 30_000;

/** Ends the connection after the answer: what is still on its way is not worth reading. */
const CLOSE = { connection: 'close' };

/** Reads the body as bytes, bounded in size and time. */
export async function read(delivery: Accepted): Promise<Read> {
  const { stream, headers, endpoint } = delivery;
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== '' && encoding !== 'identity') {
    throw new WebhookError('TYPE_NOT_SUPPORTED', { reason: 'the body is compressed', headers: CLOSE });
  }
  return { ...delivery, rawBody: await readBytes(stream, headers['content-length'], endpoint.maxBodyBytes) };
}

async function readBytes(
  stream: Accepted['stream'],
  length: string | string[] | undefined,
  limit: number,
): Promise<Buffer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new WebhookError('BODY_TIMEOUT', { headers: CLOSE })), BODY_TIMEOUT);
  });
  try {
    return await Promise.race([
      getRawBody(stream, { limit, length: typeof length === 'string' ? length : undefined }),
      late,
    ]);
  } catch (error) {
    throw asWebhookError(error, limit);
  } finally {
    clearTimeout(timer);
  }
}

function asWebhookError(error: unknown, limit: number): WebhookError {
  if (error instanceof WebhookError) {
    return error;
  }
  const type = error instanceof Error && 'type' in error ? error.type : undefined;
  return type === 'entity.too.large'
    ? new WebhookError('BODY_TOO_LARGE', { reason: `more than ${limit} bytes`, headers: CLOSE })
    : new WebhookError('BODY_MALFORMED', { reason: 'the body broke off', headers: CLOSE, cause: error });
}
