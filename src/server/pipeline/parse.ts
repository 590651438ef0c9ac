import { describeUpload } from '../files/FileStore';
import { parseBody } from '../parsers';
import { parseQuery } from '../parsers/form';
import { storable } from '../parsers/storable';
import { enrich } from './enrich';
import type { Services } from './stage';
import type { Parsed, VerifiedDelivery } from './types';

/** Turns the body into `data` and files, by its content type, and the query into names and values. */
export function parse(delivery: VerifiedDelivery, { maxDepth }: Services): Parsed {
  const { rawBody, headers, search, params, verification } = delivery;
  const body = verification.plaintext?.body ?? rawBody;
  const contentType = verification.plaintext?.contentType ?? headers['content-type'];
  const { data, uploads } = parseBody(body, contentType, maxDepth);
  return enrich(delivery, {
    data,
    uploads,
    files: uploads.map(describeUpload),
    query: storable(parseQuery(search), maxDepth),
    params: storable(params, maxDepth),
  });
}
