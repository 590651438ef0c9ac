import { parseBody } from '../parsers';
import { parseQuery } from '../parsers/form';
import type { Parsed, VerifiedDelivery } from './types';

/** Turns the body into `data`, by its content type, and the query into names and values. */
export function parse(delivery: VerifiedDelivery): Parsed {
  const { rawBody, headers, search, verification } = delivery;
  const body = verification.plaintext?.body ?? rawBody;
  const contentType = verification.plaintext?.contentType ?? headers['content-type'];
  return {
    ...delivery,
    data: parseBody(body, typeof contentType === 'string' ? contentType : undefined),
    query: parseQuery(search),
  };
}
