import type { WebhookConfig } from '../../../common/config';
import { CONTENT_TYPES, type BodyFormat } from '../../../common/contentTypes';
import { ERROR_CATALOGUE, type ErrorCode } from '../../../common/errors';
import { parseSource } from '../../../common/requestSource';
import { holdsVariable } from '../../../common/templateNames';
import { schemaParameters, schemaResource, type OpenApiPart } from './schemaResource';

/** What of a webhook workflow is told to who calls it. */
export interface DescribedWebhook {
  key: string;
  title: string;
  description: string;
  sync: boolean;
  /** Of the workflow that it is. */
  version: string;
  config: Readonly<WebhookConfig>;
}

/** Headers that OpenAPI says in places of their own; as parameters they are not read. */
const NOT_PARAMETERS = ['accept', 'content-type', 'authorization'];

/** Formats under which a body that no setting names one for is most likely sent. */
const USUAL: readonly BodyFormat[] = ['json', 'form', 'multipart', 'xml'];

const ANY_TYPE = '*/*';

/** What all methods of a webhook have in common. */
export interface Shared {
  /** Of the path. */
  parameters: OpenApiPart[];
  /** What stands in an operation's `security`; null: nothing. */
  requirement: OpenApiPart | null;
  /** How callers prove who they are where no security scheme says it. */
  words: string | null;
}

/** One method of a webhook as an OpenAPI operation. */
export function operationOf(
  webhook: DescribedWebhook,
  method: string,
  { parameters, requirement, words }: Shared,
): OpenApiPart {
  const { key, title, description, config } = webhook;
  const hasBody = !['GET', 'HEAD', 'DELETE'].includes(method);
  return {
    operationId: `${method.toLowerCase()}-${key}`,
    summary: title,
    ...withText('description', [description, words, limitsOf(config)]),
    parameters: [...parameters, ...parametersOf(webhook)],
    ...(hasBody && { requestBody: bodyOf(webhook) }),
    responses: responsesOf(webhook, requirement !== null || words !== null),
    security: requirement ? [requirement] : [],
  };
}

function withText(name: string, parts: readonly (string | null)[]): OpenApiPart {
  const text = parts.filter((part) => part).join('\n\n');
  return text === '' ? {} : { [name]: text };
}

function limitsOf({ body, rateLimit, ipAllowlist, events }: DescribedWebhook['config']): string {
  return [
    `A body has at most ${body.maxSize}.`,
    rateLimit &&
      `At most ${rateLimit.points} calls in ${rateLimit.duration} s${rateLimit.per === 'address' ? ' from each address' : ''}.`,
    ipAllowlist.length > 0 && 'Calls are taken from certain addresses only.',
    events && `Of the events, ${events.join(', ')} have an effect.`,
  ]
    .filter(Boolean)
    .join(' ');
}

function parametersOf({ config }: DescribedWebhook): OpenApiPart[] {
  const { query, headers, dedupe } = config;
  const parameters = [
    ...schemaParameters(query.schema, 'query'),
    ...schemaParameters(headers.schema, 'header', NOT_PARAMETERS),
  ];
  const key = dedupe?.key ? parseSource(dedupe.key) : null;
  if (key && (key.place === 'header' || key.place === 'query')) {
    const isThere = parameters.some(({ in: place, name }) => place === key.place && sameName(name, key.name));
    return isThere ? parameters : [...parameters, idempotencyKey(key.place, key.name)];
  }
  return parameters;
}

function sameName(name: unknown, other: string): boolean {
  return String(name).toLowerCase() === other.toLowerCase();
}

function idempotencyKey(place: string, name: string): OpenApiPart {
  return {
    name,
    in: place,
    description: 'Names the call: a repeat with the same value has no second effect.',
    schema: { type: 'string' },
  };
}

function bodyOf({ key, config }: DescribedWebhook): OpenApiPart {
  const { readAs, schema } = config.body;
  const media = { schema: schemaResource(schema, `${key}:body`) };
  const formats: readonly BodyFormat[] =
    readAs === 'auto' ? USUAL : readAs === 'form' ? ['form', 'multipart'] : readAs === 'bytes' ? [] : [readAs];
  const types = formats.flatMap(
    (format) => CONTENT_TYPES.find((row) => row.format === format)?.types[0] ?? 'text/plain',
  );
  return {
    required: schema !== null,
    content: Object.fromEntries((types.length > 0 ? types : [ANY_TYPE]).map((type) => [type, media])),
  };
}

function responsesOf({ sync, config }: DescribedWebhook, isVerified: boolean): OpenApiPart {
  const { response, syncTimeout, syncTimeoutStatus, ipAllowlist, query, headers, params, body, dedupe, rateLimit } =
    config;
  const checks = [query.schema, headers.schema, params.schema, body.schema].some((schema) => schema !== null);
  const ownKey = dedupe !== null && /^(header|query):/.test(dedupe.key);
  const refusals: ErrorCode[] = [
    'BODY_MALFORMED',
    ...when(isVerified, 'UNVERIFIED'),
    ...when(ipAllowlist.length > 0, 'SOURCE_NOT_ALLOWED'),
    ...when(ownKey, 'IDEMPOTENCY_KEY_REUSED'),
    'BODY_TOO_LARGE',
    'TYPE_NOT_SUPPORTED',
    ...when(checks, 'INVALID_DATA'),
    ...when(rateLimit !== null || isVerified, 'RATE_LIMITED'),
    ...when(sync && syncTimeoutStatus !== 202, 'WORKFLOW_TIMEOUT'),
    ...when(sync, 'WORKFLOW_FAILED'),
    'NOT_RECORDED',
  ];
  const described = refusals.map((code) => {
    const { status, message } = ERROR_CATALOGUE[code];
    const isLate = code === 'WORKFLOW_TIMEOUT';
    const text = isLate ? `${message} After ${syncTimeout / 1000} s.` : message;
    return [
      String(isLate ? syncTimeoutStatus : status),
      { description: text, ...json({ $ref: '#/components/schemas/Errors' }) },
    ] as const;
  });
  return {
    ...Object.fromEntries(described),
    ...(sync && syncTimeoutStatus === 202 && { 202: runsOn(syncTimeout) }),
    // One that a variable says may be any.
    [holdsVariable(String(response.status)) ? 'default' : String(response.status)]: success(response, sync),
  };
}

function runsOn(syncTimeout: number): OpenApiPart {
  const schema = { type: 'object', required: ['deliveryId'], properties: { deliveryId: { type: 'string' } } };
  return { description: `The workflow runs on: it was not done after ${syncTimeout / 1000} s.`, ...json(schema) };
}

function when(holds: boolean, ...codes: ErrorCode[]): ErrorCode[] {
  return holds ? codes : [];
}

function success({ body, contentType }: WebhookConfig['response'], sync: boolean): OpenApiPart {
  const description = sync
    ? 'What the workflow answers.'
    : 'The call is stored, and the workflow runs in the background.';
  if (body === null || body === '') {
    return { description };
  }
  // An answer with variables in it is no example of one.
  const example = JSON.stringify(body).includes('{{') ? {} : { example: body };
  return { description, content: { [holdsVariable(contentType) ? ANY_TYPE : contentType]: example } };
}

function json(schema: OpenApiPart): OpenApiPart {
  return { content: { 'application/json': { schema } } };
}
