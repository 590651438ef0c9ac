import { resolveConfig, type DeclaredVariable } from '../../../../src/common/config';
import { namedVariables } from '../../../../src/common/requestVariables';
import { inVersion } from '../../../../src/server/deliveries/execution/inVersion';
import type { ClaimRequest } from '../../../../src/server/deliveries/model/run';

const context = { data: { a: 'sent', list: Array.from({ length: 30_000 }, () => ({ b: 1 })) }, vars: { old: 'x' } };

const waiting = (storedFor: number | string, data: DeclaredVariable[]): ClaimRequest => ({
  endpoint: { workflowId: 2, variables: namedVariables(resolveConfig({ variables: { data } })) } as never,
  delivery: {
    id: 'd',
    workflowId: storedFor,
    attempts: 0,
    executionIds: [],
    orderKey: null,
    text: JSON.stringify(context),
    context,
  },
});

it('is left as it is in the version that it was stored for', () => {
  const request = waiting('2', [{ path: 'a', alias: 'new' }]);
  expect(inVersion(request)).toEqual(request);
});

it('has the aliases of another version, in its text too', () => {
  const request = inVersion(waiting(1, [{ path: 'a', alias: 'new' }])) as ClaimRequest;
  expect(request.delivery.context).toEqual({ ...context, vars: { new: 'sent' } });
  expect(JSON.parse(request.delivery.text)).toEqual(request.delivery.context);
  expect(request.delivery.workflowId).toBe(1);
});

it('says so where they would stand for too much', () => {
  const many = Array.from({ length: 200 }, (_, index) => ({ path: 'list.b', alias: `x${index}` }));
  expect(inVersion(waiting(1, many))).toEqual({ reason: { code: 'VARIABLES_TOO_LARGE', values: {} } });
});

it('takes one that was stored before there were any, and one that was erased', () => {
  for (const stored of [{ data: { a: 1 } }, {}]) {
    const request = waiting(1, [
      { path: 'a', alias: 'new' },
      { path: '["b.c"]', alias: 'more' },
    ]);
    const { delivery } = inVersion({ ...request, delivery: { ...request.delivery, context: stored } }) as ClaimRequest;
    expect(delivery.context).toEqual({ ...stored, vars: 'data' in stored ? { new: 1 } : {} });
  }
});
