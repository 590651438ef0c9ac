import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

const policy = readFileSync('SECURITY.md', 'utf8');

/** The rows of all tables of promises: what is promised, and the links to what holds it. */
const promises = [...policy.matchAll(/^\| ([^|]+) \| (\[[^|]+) \|$/gm)].map(([, promise = '', held = '']) => ({
  promise,
  tests: [...held.matchAll(/\[([^\]]+)\]\(([^)]+)\)/g)].map(([, name, path]) => ({ name, path: path ?? '' })),
}));

it('promises something to everybody in the threat model', () => {
  expect(promises.length).toBeGreaterThan(15);
  expect([...policy.matchAll(/^\| promise \| held by \|$/gm)]).toHaveLength(5);
});

it.each(promises)('$promise', ({ tests }) => {
  expect(tests.length).toBeGreaterThan(0);
  for (const { path } of tests) {
    expect([path, path.startsWith('__tests__/') && path.endsWith('.test.ts') && existsSync(path)]).toEqual([
      path,
      true,
    ]);
    expect(readFileSync(path, 'utf8')).toMatch(/\b(it|test)(\.each)?\b/);
  }
});

it('names each test file as it is called', () => {
  for (const { name, path } of promises.flatMap(({ tests }) => tests)) {
    expect([path, name?.startsWith(basename(path, '.test.ts'))]).toEqual([path, true]);
  }
});

it.each(['README.md', 'CONTRIBUTING.md'])('is named in %s', (file) => {
  expect(readFileSync(file, 'utf8')).toContain('(SECURITY.md)');
});
