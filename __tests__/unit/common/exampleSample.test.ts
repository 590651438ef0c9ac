import { resolveConfig } from '../../../src/common/config';
import { exampleSample } from '../../../src/common/exampleSample';
import { PROVIDERS } from '../../../src/common/providers';
import type { Provider } from '../../../src/common/providers/provider';
import { bodyRules } from '../../../src/server/parsers/bodyRules';
import { parseBody } from '../../../src/server/parsers';

const rules = (id: string) => bodyRules(resolveConfig({ auth: { type: 'provider', provider: id, secrets: [] } }), 100);

it.each(PROVIDERS.map((provider) => [provider.id, provider] as const))(
  '%s: the sample has what a workflow sees of such a call',
  (id, provider) => {
    const { example } = provider;
    const sample = exampleSample(provider) ?? '';
    if (!example || 'json' in example) {
      expect(JSON.parse(sample)).toEqual(example?.json);
      return;
    }
    const { data } = parseBody(Buffer.from(example.text), example.contentType, rules(id));
    // A text of JSON is read by the same rules: numbers that are too big are texts in both.
    expect(parseBody(Buffer.from(sample), 'application/json', rules(id)).data).toEqual(data);
  },
);

it('keeps every digit of a big number', () => {
  const row = PROVIDERS.find(({ id }) => id === 'viber') as Provider;
  expect(exampleSample(row)).toContain('4912661846655238145');
});

it('has none where a row has no example', () => {
  expect(exampleSample({ ...(PROVIDERS[0] as Provider), example: undefined })).toBeNull();
});
