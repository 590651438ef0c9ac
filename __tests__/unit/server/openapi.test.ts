import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import type { WebhookAuth } from '../../../src/common/auth';
import { resolveConfig, type WebhookConfigInput } from '../../../src/common/config';
import { describeWebhooks } from '../../../src/server/api/openapi/describeWebhooks';

// The schema that the OpenAPI Initiative publishes for documents of 3.1, as a package has it.
const PACKAGE = join(__dirname, '..', '..', '..', 'node_modules', '@seriousme', 'openapi-schema-validator');
const isDocument = new Ajv2020({ strict: false, validateFormats: false }).compile(
  JSON.parse(readFileSync(join(PACKAGE, 'schemas', 'v3.1', 'schema.json'), 'utf8')) as object,
);

const SECRET = 'nobody may read this';
const secrets = [{ value: SECRET }];

function webhook(config: WebhookConfigInput, more: { key?: string; sync?: boolean } = {}) {
  const { key = 'k1', sync = false } = more;
  return { key, title: 'Orders', description: '', sync, version: '7', config: resolveConfig(config) };
}

function document(...webhooks: ReturnType<typeof webhook>[]) {
  const made = describeWebhooks(webhooks, 'https://hooks.example.com/api') as {
    paths: Record<string, Record<string, Record<string, unknown>>>;
    components: { securitySchemes: Record<string, unknown> };
  };
  expect([isDocument(made), isDocument.errors]).toEqual([true, null]);
  expect(JSON.stringify(made)).not.toContain(SECRET);
  return made;
}

const scheme = (auth: WebhookAuth) => document(webhook({ auth })).components.securitySchemes.k1;

it.each<[string, WebhookAuth, unknown]>([
  ['none', { type: 'none' }, undefined],
  ['basic', { type: 'basic', username: 'u', passwords: secrets }, { type: 'http', scheme: 'basic' }],
  [
    'a token in Authorization',
    { type: 'token', in: 'header', name: 'Authorization', scheme: 'Bearer', secrets },
    { type: 'http', scheme: 'bearer' },
  ],
  [
    'a token in the query',
    { type: 'token', in: 'query', name: 't', secrets },
    { type: 'apiKey', in: 'query', name: 't' },
  ],
  ['a JWT', { type: 'jwt', algorithms: ['RS256'], secrets: [] }, { scheme: 'bearer', bearerFormat: 'JWT' }],
  [
    'a JWT elsewhere',
    { type: 'jwt', in: 'header', name: 'x-jwt', algorithms: ['HS256'], secrets },
    { type: 'apiKey', in: 'header', name: 'x-jwt' },
  ],
  ['GitHub', { type: 'provider', provider: 'github', secrets }, { type: 'apiKey', name: 'x-hub-signature-256' }],
  [
    'a signature of the maker’s',
    { type: 'signature', kind: 'hmac', sig: { from: 'header:x-sig', prefix: 'v1=' }, content: '{ts}.{body}', secrets },
    { type: 'apiKey', in: 'header', name: 'x-sig', description: expect.stringContaining('`{ts}.{body}`') },
  ],
])('says how to prove oneself by %s', (_name, auth, expected) => {
  expect(scheme(auth)).toEqual(expected === undefined ? undefined : expect.objectContaining(expected as object));
});

it('says in words what OpenAPI has no scheme for', () => {
  const made = document(webhook({ auth: { type: 'token', in: 'body', name: 'auth.token', secrets } }));
  expect(made.components.securitySchemes).toEqual({});
  expect(made.paths['/webhooks/k1']?.post?.description).toContain('in the body, as `auth.token`');
  expect(made.paths['/webhooks/k1']?.post?.responses).toHaveProperty('401');
});

it('has path parameters, and two webhooks on one path with a method each', () => {
  const { paths } = document(
    webhook({
      path: '/orders/:orderId/lines/:line',
      methods: ['PUT', 'DELETE'],
      params: { schema: { type: 'object', properties: { line: { type: 'integer' } } } },
    }),
    webhook({ path: 'orders/:id/lines/:n', methods: ['GET'] }, { key: 'k2' }),
  );
  const item = paths['/webhooks/orders/{orderId}/lines/{line}'];
  expect(Object.keys(item ?? {})).toEqual(['put', 'delete', 'get']);
  expect(item?.put?.parameters).toEqual([
    expect.objectContaining({ name: 'orderId', in: 'path', required: true }),
    { name: 'line', in: 'path', required: true, schema: { type: 'integer' } },
  ]);
  expect(item?.get?.parameters).toEqual([
    expect.objectContaining({ name: 'orderId' }),
    expect.objectContaining({ name: 'line' }),
  ]);
  expect(item?.get).not.toHaveProperty('requestBody');
});

it('has the maker’s schemas, with references that stay within them', () => {
  const body = { type: 'object', properties: { to: { $ref: '#/$defs/who' } }, $defs: { who: { type: 'string' } } };
  const query = {
    type: 'object',
    required: ['page'],
    properties: { page: { type: 'integer', description: 'From 1' } },
  };
  const headers = { type: 'object', properties: { 'x-tenant': { type: 'string' }, 'content-type': {} } };
  const { paths } = document(
    webhook({
      body: { schema: body },
      query: { schema: query },
      headers: { schema: headers },
      dedupe: { key: 'header:Idempotency-Key' },
    }),
  );
  const { requestBody, parameters, responses } = paths['/webhooks/k1']?.post ?? {};
  expect(requestBody).toMatchObject({
    required: true,
    content: { 'application/json': { schema: { $id: 'urn:webhook:k1:body', ...body } } },
  });
  expect(parameters).toEqual([
    { name: 'page', in: 'query', required: true, description: 'From 1', schema: query.properties.page },
    { name: 'x-tenant', in: 'header', required: false, schema: { type: 'string' } },
    expect.objectContaining({ name: 'Idempotency-Key', in: 'header' }),
  ]);
  expect(Object.keys(responses as object)).toEqual(expect.arrayContaining(['409', '422']));
});

it.each<[string, WebhookConfigInput, boolean, string, object]>([
  ['async', {}, false, '200', { description: 'The call is stored, and the workflow runs in the background.' }],
  ['sync', {}, true, '200', { description: 'What the workflow answers.' }],
  [
    'a configured one',
    { response: { status: 202, contentType: 'application/json', headers: [], body: { ok: true }, onFailure: null } },
    false,
    '202',
    { content: { 'application/json': { example: { ok: true } } } },
  ],
  [
    'one with variables',
    { response: { status: 201, contentType: 'text/plain', headers: [], body: '{{$context.data}}', onFailure: null } },
    false,
    '201',
    { content: { 'text/plain': {} } },
  ],
  [
    'one whose status and type variables say',
    {
      response: {
        status: '{{$context.data}}',
        contentType: '{{$context.data}}',
        headers: [],
        body: 1,
        onFailure: null,
      },
    },
    false,
    'default',
    { content: { '*/*': { example: 1 } } },
  ],
])('has the answer: %s', (_name, config, sync, status, expected) => {
  const responses = document(webhook(config, { sync })).paths['/webhooks/k1']?.post?.responses as Record<
    string,
    object
  >;
  expect(responses[status]).toMatchObject(expected);
  expect('408' in responses).toBe(sync);
});

it.each([
  [504, 'The workflow did not finish in time'],
  [202, 'The workflow runs on'],
] as const)('says with which status a run that is late is answered: %d', (syncTimeoutStatus, description) => {
  const { paths } = document(webhook({ syncTimeoutStatus }, { sync: true }));
  const responses = paths['/webhooks/k1']?.post?.responses as Record<string, { description: string }>;
  expect(responses[syncTimeoutStatus]?.description).toContain(description);
  expect(responses[408]).toBeUndefined();
});
