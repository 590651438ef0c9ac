import { WebhookError } from '../../common/errors';
import { describeUpload } from '../files/FileStore';
import { parseBody } from '../parsers';
import { bodyRules } from '../parsers/bodyRules';
import { parseQuery } from '../parsers/form';
import type { BodyRules, ParsedBody } from '../parsers/types';
import { storableText } from '../storableText';
import { storable } from '../parsers/storable';
import { enrich } from './enrich';
import type { Services } from './stage';
import type { Parsed, VerifiedDelivery } from './types';

/** Characters of a header in a reason. */
const MAX_SHOWN = 100;

/**
 * Turns the body into `data` and files, by its content type, and the query into names and values. Throws
 * `TYPE_NOT_SUPPORTED` too where it can't be read without believing what nobody signed.
 */
export function parse(delivery: VerifiedDelivery, { maxDepth }: Services): Parsed {
  const { rawBody, headers, search, params, verification } = delivery;
  const body = verification.plaintext?.body ?? rawBody;
  const contentType = verification.plaintext?.contentType ?? headers['content-type'];
  const rules = bodyRules(delivery.endpoint.config, maxDepth);
  refuseUnsigned(verification, rules);
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

function refuseUnsigned(
  { unsigned }: VerifiedDelivery['verification'],
  { readAs, charset }: Pick<BodyRules, 'readAs' | 'charset'>,
): void {
  if (unsigned?.type !== undefined && readAs === 'auto') {
    throw new WebhookError('TYPE_NOT_SUPPORTED', {
      reason: `the signature does not cover Content-Type (${shown(unsigned.type)}), and the body could be something else: set "Read the body as"`,
    });
  }
  if (unsigned?.charset !== undefined && readAs !== 'bytes' && charset === null) {
    throw new WebhookError('TYPE_NOT_SUPPORTED', {
      reason: `the signature does not cover the character set (${shown(unsigned.charset)}): set "Character set"`,
    });
  }
}

function shown(text: string): string {
  return JSON.stringify(storableText(text, MAX_SHOWN));
}
