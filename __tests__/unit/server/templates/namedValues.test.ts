import { resolveConfig, type DeclaredVariable } from '../../../../src/common/config';
import { WebhookError } from '../../../../src/common/errors';
import { namedVariables } from '../../../../src/common/requestVariables';
import { namedValues } from '../../../../src/server/templates/namedValues';
import { leastCpuMs } from '../../../support/cpuTime';

const variables = (data: DeclaredVariable[]) => namedVariables(resolveConfig({ variables: { data } }));
const values = (declared: DeclaredVariable[], data: unknown) =>
  namedValues(variables(declared), { data, headers: {}, query: {}, params: {} });
const one = (path: string, data: unknown) => values([{ path, alias: 'x' }], data);

it.each<[string, unknown, object]>([
  ['["a.b"]', { 'a.b': 1 }, { x: 1 }],
  ['a["b.c"].d', { a: { 'b.c': { d: 'e' } } }, { x: 'e' }],
  ['a', { a: null }, { x: null }],
  ['a', {}, {}],
  ['a.b', { a: null }, {}],
  ['a.length', { a: 'text' }, {}],
  ['a', null, {}],
  ['list.id', { list: [{ id: 1 }, {}, { id: 2 }] }, { x: [1, null, 2] }],
  ['list.id', { list: [{}, {}] }, {}],
  ['list.id', { list: [] }, {}],
  ['list.length', { list: [{ length: 7 }] }, { x: [7] }],
  ['list.0.id', { list: [{ id: 1 }] }, { x: 1 }],
  ['list.1.id', { list: [{ id: 1 }] }, {}],
  ['a.b.c', { a: [{ b: [{ c: 1 }, { c: 2 }] }, { b: [{ c: 3 }] }] }, { x: [1, 2, 3] }],
  ['["service.name"]', [{ 'service.name': 'a' }], { x: ['a'] }],
  // Nothing that an object has by itself.
  ['__proto__', {}, {}],
  ['constructor.name', {}, {}],
  ['a.constructor', { a: [{}] }, {}],
  ['constructor', { constructor: 'sent' }, { x: 'sent' }],
  ['__proto__.x', JSON.parse('{"__proto__":{"x":1}}'), { x: 1 }],
])('%s of %j', (path, data, expected) => expect(one(path, data)).toEqual(expected));

it('takes each part of the request, headers by their whole name', () => {
  const named = namedVariables(
    resolveConfig({
      variables: {
        headers: [{ path: "X.It's", alias: 'h' }],
        query: [{ path: '["hub.challenge"]', alias: 'q' }],
        params: [{ path: 'id', alias: 'p' }],
      },
    }),
  );
  const request = { data: null, headers: { "x.it's": 'a' }, query: { 'hub.challenge': 'b' }, params: { id: 'c' } };
  expect(namedValues(named, request)).toEqual({ h: 'a', q: 'b', p: 'c' });
});

describe('is bounded', () => {
  const list = Array.from({ length: 30_000 }, (_, id) => ({ id, 'a.b': 'x' }));
  const many = (path: (index: number) => string, count: number) =>
    variables(Array.from({ length: count }, (_, index) => ({ path: path(index), alias: `a${index}` })));
  const refused = (work: () => unknown) => {
    expect(leastCpuMs(() => expect(work).toThrow(WebhookError))).toBeLessThan(1_000);
  };
  const request = (data: unknown) => ({ data, headers: {}, query: {}, params: {} });

  it('in time, over columns of a long list', () => {
    const data = { list };
    expect(
      namedValues(
        many(() => 'list["a.b"]', 5),
        request(data),
      ).a4,
    ).toHaveLength(30_000);
    refused(() =>
      namedValues(
        many((index) => `list.none${index}`, 500),
        request(data),
      ),
    );
    refused(() =>
      namedValues(
        many(() => 'list["a.b"]', 500),
        request(data),
      ),
    );
  });

  it('in size, over copies of a large value', () => {
    const data = { text: 'x'.repeat(1_000_000), list: Array.from({ length: 1_000_000 }, () => 1) };
    const copies = (name: string, count: number) => () =>
      namedValues(
        many(() => name, count),
        request({ [name]: data[name as keyof typeof data] }),
      );
    expect(Object.keys(copies('text', 4)())).toHaveLength(4);
    refused(copies('text', 500));
    expect(Object.keys(copies('list', 1)())).toHaveLength(1);
    refused(copies('list', 3));
  });

  it('by the body: all of a large one can have an alias', () => {
    const data = { text: 'x'.repeat(20_000_000), list: Array.from({ length: 1_000_000 }, () => 1) };
    expect(
      namedValues(
        many((index) => ['text', 'list'][index] ?? '', 2),
        request(data),
      ),
    ).toEqual({
      a0: data.text,
      a1: data.list,
    });
  });
});
