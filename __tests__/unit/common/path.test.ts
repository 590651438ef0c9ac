import { normalizePath, parsePath, pathParams, pathShape } from '../../../src/common/path';

describe('parsePath', () => {
  it.each([
    ['', []],
    ['/', []],
    ['github', [{ literal: 'github' }]],
    ['/orders/:orderId/', [{ literal: 'orders' }, { param: 'orderId' }]],
    ['a%20b/%C3%A9', [{ literal: 'a b' }, { literal: 'é' }]],
    ['a%252Fb', [{ literal: 'a%2Fb' }]],
    ['webhook:x', [{ literal: 'webhook:x' }]],
  ])('reads %j', (path, segments) => {
    expect(parsePath(path)).toEqual({ segments });
  });

  it.each([
    ['a//b', /empty segment/],
    ['a/../b', /only dots/],
    ['a b', /may not contain/],
    ['a?b', /may not contain/],
    ['a\u0000b', /may not contain/],
    [':1st', /not a parameter/],
    [':', /not a parameter/],
    [':__proto__', /not a parameter/],
    [':id/x/:id', /occurs twice/],
    ['%zz', /percent-encoding/],
    ['x'.repeat(501), /at most {{max}} characters/],
    [Array.from({ length: 21 }, () => 'x').join('/'), /at most {{max}} segments/],
  ])('refuses %j', (path, message) => {
    const parsed = parsePath(path);
    expect('problem' in parsed ? parsed.problem.message : 'no problem').toMatch(message);
  });
});

it('gives two paths one shape when only parameter names differ', () => {
  const shape = (path: string) => {
    const parsed = parsePath(path);
    return 'segments' in parsed ? pathShape(parsed.segments) : null;
  };
  expect(shape('orders/:id')).toBe(shape('/orders/:orderId'));
  expect(shape('orders/:id')).not.toBe(shape('orders/%3A'));
  expect(shape('Orders')).not.toBe(shape('orders'));
});

it('names the parameters in order', () => {
  expect(pathParams('a/:b/c/:d')).toEqual(['b', 'd']);
  expect(pathParams('a//:b')).toEqual([]);
});

it('takes slashes and spaces off both ends', () => {
  expect(normalizePath(' //a/b/ ')).toBe('a/b');
});
