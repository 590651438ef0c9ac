import { parsePath, pathShape } from '../../../common/path';
import { WEBHOOKS_SEGMENT } from '../../../common/plugin';
import { operationOf, type DescribedWebhook } from './operation';
import { schemaParameters, type OpenApiPart } from './schemaResource';
import { securityOf } from './security';

/** What every refusal says: `ERROR_CATALOGUE` and docs/errors.md have the codes. */
const ERRORS = {
  type: 'object',
  required: ['errors'],
  properties: {
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['code', 'message'],
        properties: { code: { type: 'string' }, message: { type: 'string' }, path: { type: 'string' } },
      },
    },
  },
};

/**
 * An OpenAPI 3.1 document of webhooks, for those who call them: paths, methods, schemas, how to prove oneself, answers.
 * Nothing of a secret is in it, nor of what a workflow does.
 * @param server the URL below which webhooks are, up to NocoBase's API: `https://hooks.example.com/api`
 */
export function describeWebhooks(webhooks: readonly DescribedWebhook[], server: string): OpenApiPart {
  const securitySchemes: OpenApiPart = {};
  const paths: Record<string, OpenApiPart> = {};
  const names = new Map<string, readonly string[]>();
  for (const webhook of webhooks) {
    const security = securityOf(webhook.config.auth);
    const [scheme, words] =
      security && 'scheme' in security ? [security.scheme, null] : [null, security?.words ?? null];
    if (scheme) {
      securitySchemes[webhook.key] = scheme;
    }
    const requirement = scheme && { [webhook.key]: [] };
    const { path, parameters } = templated(webhook, names);
    const operations = webhook.config.methods.map((method) => [
      method.toLowerCase(),
      operationOf(webhook, method, { parameters, requirement, words }),
    ]);
    // Others may hold the same path for other methods.
    paths[path] = { ...paths[path], ...Object.fromEntries(operations) };
  }
  const [only] = webhooks.length === 1 ? webhooks : [];
  return {
    openapi: '3.1.1',
    info: { title: only?.title ?? 'Webhooks', version: only?.version ?? '1' },
    servers: [{ url: server }],
    paths,
    components: { schemas: { Errors: ERRORS }, securitySchemes },
  };
}

/**
 * The path as OpenAPI writes it, `{orderId}` for `:orderId`, with its parameters.
 * @param known names of parameters by the shape of their path: a document has each shape once, whatever the names
 */
function templated(
  { key, config }: DescribedWebhook,
  known: Map<string, readonly string[]>,
): { path: string; parameters: OpenApiPart[] } {
  const parsed = parsePath(config.path);
  const segments = 'segments' in parsed && parsed.segments.length > 0 ? parsed.segments : [{ literal: key }];
  const own = segments.flatMap((segment) => ('param' in segment ? [segment.param] : []));
  const shape = pathShape(segments);
  const names = known.get(shape) ?? own;
  known.set(shape, names);
  const described = schemaParameters(config.params.schema, 'path');
  let at = 0;
  const path = shape.split('/').map((part) => (part === ':' ? `{${names[at++]}}` : part));
  return {
    path: `/${WEBHOOKS_SEGMENT}/${path.join('/')}`,
    parameters: own.map((name, index) => ({
      ...(described.find((parameter) => parameter.name === name) ?? { schema: { type: 'string' } }),
      name: names[index],
      in: 'path',
      required: true,
    })),
  };
}
