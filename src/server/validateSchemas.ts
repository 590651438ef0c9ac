import { resolveConfig, type JsonSchema, type WebhookConfigInput } from '../common/config';
import { pathParams } from '../common/path';
import { isRecord, issue, type ConfigIssue } from '../common/rules';
import { validateConfig } from '../common/validateConfig';
import { checkSchema } from './schema/checkSchema';
import { sealedIssues } from './secrets/authSecrets';
import { keyIssues } from './verifiers/keyIssues';

/**
 * Everything that is wrong with a configuration, its schemas too; empty: nothing is.
 * @param validate what is asked of one that is written; `validateStored` of one that was before
 */
export function configIssues(stored: Record<string, unknown>, validate = validateConfig): ConfigIssue[] {
  const issues = validate(stored);
  const found = issues.length > 0 ? issues : validateSchemas(stored);
  const { auth } = resolveConfig(stored);
  return found.length > 0 ? found : [...sealedIssues(auth), ...keyIssues(auth)];
}

/**
 * What is wrong with the schemas of a configuration whose shape was found right. Beside the shared check,
 * since it compiles them, and the clients have no compiler.
 */
export function validateSchemas(stored: WebhookConfigInput): ConfigIssue[] {
  const { body, headers, query, params, path } = resolveConfig(stored);
  return [
    ...schemaIssues('body.schema', body.schema, false),
    ...schemaIssues('query.schema', query.schema, true),
    ...schemaIssues('headers.schema', headers.schema, true),
    ...schemaIssues('params.schema', params.schema, true),
    ...headerNameIssues(headers.schema),
    ...paramNameIssues(params.schema, pathParams(path)),
  ];
}

function schemaIssues(path: string, schema: JsonSchema | null, coerce: boolean): ConfigIssue[] {
  const problem = schema && checkSchema(schema, { coerce });
  return problem ? [{ path, ...problem }] : [];
}

/** A header asked for as `X-Id` would never be there: a workflow sees header names in lower case. */
function headerNameIssues(schema: JsonSchema | null): ConfigIssue[] {
  const wrong = namedIn(schema).find((name) => name !== name.toLowerCase());
  return wrong === undefined
    ? []
    : issue('headers.schema', 'Header names are in lower case here: write "{{name}}".', { name: wrong.toLowerCase() });
}

/** What the path doesn't have is never there: one that is required would refuse every call. */
function paramNameIssues(schema: JsonSchema | null, params: readonly string[]): ConfigIssue[] {
  const wrong = namedIn(schema).find((name) => !params.includes(name));
  return wrong === undefined ? [] : issue('params.schema', 'The path has no parameter {{name}}.', { name: wrong });
}

/** The names that a schema's outermost level has and asks for. */
function namedIn(schema: JsonSchema | null): string[] {
  const named = isRecord(schema?.properties) ? Object.keys(schema.properties) : [];
  const required: unknown[] = Array.isArray(schema?.required) ? schema.required : [];
  return [...named, ...required.filter((name) => typeof name === 'string')];
}
