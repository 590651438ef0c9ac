import Ajv from 'ajv';
import { triggerConfigSchemas } from '../../../scripts/openapi/triggerConfig';
import { defaultConfig, type WebhookConfigInput } from '../../../src/common/config';
import { validateConfig } from '../../../src/common/validateConfig';
import written from '../../../src/swagger/triggerConfig.json';

const schemas = triggerConfigSchemas();

it('is what `npm run openapi` makes', () => {
  expect(written).toEqual(JSON.parse(JSON.stringify(schemas)));
});

it('knows every setting, with its default', () => {
  const { properties } = schemas.webhookTriggerConfig as { properties: Record<string, { default?: unknown }> };
  expect(Object.keys(properties).sort()).toEqual(Object.keys(defaultConfig()).sort());
  expect(properties.syncTimeout?.default).toBe(defaultConfig().syncTimeout);
});

const ajv = new Ajv({ strict: false, validateFormats: false });
const isConfig = ajv.compile({ $ref: '#/components/schemas/webhookTriggerConfig', components: { schemas } });

it.each<[string, unknown]>([
  ['nothing', {}],
  ['every default', defaultConfig()],
  ['GitHub', { auth: { type: 'provider', provider: 'github', secrets: [{ value: '{{$env.S}}' }] }, events: ['push'] }],
  ['a retry of one setting', { retry: { times: 2 }, orderBy: 'json:customer.id', dedupe: null }],
] satisfies [string, WebhookConfigInput][])('takes what saving takes: %s', (_name, config) => {
  expect([isConfig(config), isConfig.errors]).toEqual([true, null]);
  expect(validateConfig(config)).toEqual([]);
});

it.each<[string, unknown]>([
  ['a setting that is not known', { retries: 3 }],
  ['a value that is none of the choices', { onInterruption: 'never' }],
  ['a way to verify that is not known', { auth: { type: 'oauth' } }],
])('refuses what saving refuses: %s', (_name, config) => {
  expect(isConfig(config)).toBe(false);
  expect(validateConfig(config)).not.toEqual([]);
});
