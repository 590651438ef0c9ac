import type { WebhookConfig } from '../../common/config';
import { compileSchema, type Validate } from '../schema/compileSchema';

/** The compiled schemas of a webhook; null: anything goes. */
export interface CompiledSchemas {
  data: Validate | null;
  headers: Validate | null;
  query: Validate | null;
  params: Validate | null;
}

/** Throws where one doesn't compile. Headers, query and path hold texts, which count as what they spell. */
export function compileSchemas({ body, headers, query, params }: WebhookConfig): CompiledSchemas {
  return {
    data: body.schema && compileSchema(body.schema, '/data'),
    headers: headers.schema && compileSchema(headers.schema, '/headers', { coerce: true }),
    query: query.schema && compileSchema(query.schema, '/query', { coerce: true }),
    params: params.schema && compileSchema(params.schema, '/params', { coerce: true }),
  };
}
