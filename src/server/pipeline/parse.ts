import { describeUpload } from '../files/FileStore';
import { parseBody } from '../parsers';
import { bodyRules } from '../parsers/bodyRules';
import { parseQuery } from '../parsers/form';
import type { ParsedBody } from '../parsers/types';
import { storable } from '../parsers/storable';
import { enrich } from './enrich';
import type { Services } from './stage';
import type { Parsed, VerifiedDelivery } from './types';

/** Turns the body into `data` and files, by its content type, and the query into names and values. */
export function parse(delivery: VerifiedDelivery, { maxDepth }: Services): Parsed {
  const { rawBody, headers, search, params, verification } = delivery;
  const body = verification.plaintext?.body ?? rawBody;
  const contentType = verification.plaintext?.contentType ?? headers['content-type'];
  const rules = bodyRules(delivery.endpoint.config, maxDepth);
  const { data, bigNumbers, uploads, withoutFiles, digest, format } = parseBody(body, contentType, rules);
  let source: ParsedBody | undefined;
  return enrich(delivery, {
    data,
    format,
    bigNumbers,
    sourceData: () => (source ??= parseBody(body, contentType, { ...rules, numbers: 'source' })).data,
    uploads,
    withoutFiles,
    partsDigest: digest,
    files: uploads.map(describeUpload),
    query: storable(parseQuery(search), maxDepth),
    params: storable(params, maxDepth),
  });
}
