import { resolveConfig, type JsonSchema, type WebhookConfigInput } from '../common/config';
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
  const { body, headers, query } = resolveConfig(stored);
  return [
    ...schemaIssues('body.schema', body.schema, false),
    ...schemaIssues('query.schema', query.schema, true),
    ...schemaIssues('headers.schema', headers.schema, true),
    ...headerNameIssues(headers.schema),
  ];
}

function schemaIssues(path: string, schema: JsonSchema | null, coerce: boolean): ConfigIssue[] {
  const problem = schema && checkSchema(schema, { coerce });
  return problem ? issue(path, problem) : [];
}

/** A header asked for as `X-Id` would never be there: a workflow sees header names in lower case. */
function headerNameIssues(schema: JsonSchema | null): ConfigIssue[] {
  const named = isRecord(schema?.properties) ? Object.keys(schema.properties) : [];
  const required = Array.isArray(schema?.required) ? schema.required : [];
  const wrong = [...named, ...required].find((name) => typeof name === 'string' && name !== name.toLowerCase());
  return wrong === undefined
    ? []
    : issue('headers.schema', 'Header names are in lower case here: write "{{name}}".', {
        name: String(wrong).toLowerCase(),
      });
}
