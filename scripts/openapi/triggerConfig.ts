import { join } from 'node:path';
import { defaultConfig } from '../../src/common/config';
import { schemasOfType, type OpenApiSchema } from './schemasOfType';

const CONFIG = join(__dirname, '..', '..', 'src', 'common', 'config.ts');
/** The schema of a whole `workflow.config`. */
const NAME = 'webhookTriggerConfig';

/** What `workflow.config` of a webhook may be, with the defaults of what is left out: OpenAPI schemas by their names. */
export function triggerConfigSchemas(): Record<string, OpenApiSchema> {
  const schemas = schemasOfType(CONFIG, 'WebhookConfigInput', NAME, 'webhook');
  const config = schemas[NAME] as OpenApiSchema;
  return {
    ...schemas,
    [NAME]: {
      ...withDefaults(config, { ...defaultConfig() }),
      description: 'The configuration of a workflow whose trigger is `webhook`. What is left out has its default.',
    },
  };
}

function withDefaults(schema: OpenApiSchema, defaults: Record<string, unknown>): OpenApiSchema {
  const properties = schema.properties as Record<string, OpenApiSchema> | undefined;
  if (!properties) {
    return { ...schema, default: defaults };
  }
  return {
    ...schema,
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, property]) => {
        const value = defaults[name];
        if (value === undefined) {
          return [name, property];
        }
        return [name, isRecord(value) ? withDefaults(property, value) : { ...property, default: value }];
      }),
    ),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
