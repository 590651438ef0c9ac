import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROVIDERS } from '../../../src/common/providers';
import { CATALOGUE } from '../../../src/common/providers/catalogue';
import { Sources } from '../../../src/server/verifiers/Sources';
import { CHALLENGES, VECTORS } from './engine/vectors';
import { CATALOGUE_FACTS } from './engine/vectors/catalogue';

// What every row of the list has to bring with it.

const CODE_TESTS = join(__dirname, 'providers');
const codeTests = readdirSync(CODE_TESTS)
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => readFileSync(join(CODE_TESTS, file), 'utf8'));

const everyRow = test.each(PROVIDERS.map((provider) => [provider.id, provider] as const));

test('the guides list a hundred services and more', () => {
  const index = readFileSync('docs/providers/README.md', 'utf8');
  expect(index.match(/^\| \[.+\]\(.+\.md\) \|/gm)).toHaveLength(PROVIDERS.length);
  expect(PROVIDERS.length).toBeGreaterThan(100);
});

everyRow('%s: names the public page with its rule', (_id, { docs }) => {
  const { protocol, hostname, pathname } = new URL(docs);
  expect(protocol).toBe('https:');
  expect(hostname).not.toMatch(/(^|\.)example\.|localhost/);
  expect(pathname.length).toBeGreaterThan(1);
});

everyRow('%s: has a literal call, and where that is from', (id, { scheme, jwt, basic }) => {
  const vectors = VECTORS.filter(({ provider }) => provider === id);
  if (scheme ?? jwt ?? basic) {
    expect(vectors).not.toEqual([]);
  } else {
    expect(codeTests.some((text) => text.includes(`'${id}'`))).toBe(true);
  }
  for (const { source } of vectors) {
    expect(source).toMatch(/\w{3}/);
    expect(source).not.toContain('; or: Python hmac');
  }
});

everyRow('%s: each of its challenges is asked', (id, { scheme, jwt }) => {
  const kinds = ((scheme ?? jwt)?.handshake ?? []).map(({ kind }) => kind);
  const asked = CHALLENGES.filter(({ provider }) => provider === id).map(({ reply }) => reply.kind);
  expect(asked.sort()).toEqual(kinds.sort());
});

everyRow('%s: has a guide, and steps in it', (id, { setup, secretLabel }) => {
  expect(existsSync(`docs/providers/${id}.md`)).toBe(true);
  expect(setup.length).toBeGreaterThan(0);
  expect(secretLabel).not.toBe('');
});

everyRow('%s: has a body in the form that it sends', (_id, { example }) => {
  expect(example).toBeDefined();
});

test.each(CATALOGUE_FACTS.map((facts) => [facts.provider, facts] as const))(
  '%s: each of its calls names the page with its rule',
  (_id, { vectors, challenges = [] }) => {
    for (const { source } of [...vectors, ...challenges]) {
      expect(source).toMatch(/https:\/\/\S+|@?[\w-]+\/?[\w-]* \d+\.\d+/);
    }
  },
);

const withEvents = PROVIDERS.flatMap(({ id, event, example }) => (event ? [[id, event, example] as const] : []));

test.each(withEvents)('%s: its example shows an event where events stand', (_id, { from, names }, example) => {
  expect(new Set(names).size).toBe(names.length);
  if (!example || from.some((source) => source.startsWith('header:'))) {
    return;
  }
  const [text, type] = 'json' in example ? [JSON.stringify(example.json), ''] : [example.text, example.contentType];
  const request = { method: 'POST', url: '/', headers: { 'content-type': type }, rawBody: Buffer.from(text) };
  // The first place that is there counts; a standard names no events of its own.
  const shown = from.map((source) => new Sources(request, {}).all(source)).find((values) => values.length > 0) ?? [];
  expect(shown).not.toEqual([]);
  if (names.length > 0) {
    expect(names).toEqual(expect.arrayContaining(shown));
  }
});

const withJson = PROVIDERS.flatMap(({ id, jsonFields, example }) =>
  jsonFields && example && 'text' in example ? [[id, jsonFields, example.text] as const] : [],
);

test.each(withJson)('%s: the fields that are opened hold JSON', (_id, names, text) => {
  const form = new URLSearchParams(text);
  for (const name of names) {
    expect(JSON.parse(form.get(name) ?? '')).toBeInstanceOf(Object);
  }
});

test('most services say what happened', () => {
  expect(withEvents.length).toBeGreaterThan(80);
});

test.each(CATALOGUE.map((provider) => [provider.id, provider] as const))('%s: shows what a call brings', (id, row) => {
  const { example } = row;
  expect(example && ('json' in example ? example.json : example.text)).toBeTruthy();
  expect(CATALOGUE_FACTS.map(({ provider }) => provider)).toContain(id);
});
