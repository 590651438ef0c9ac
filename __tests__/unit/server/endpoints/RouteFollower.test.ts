import type { Transaction } from '@nocobase/database';
import type { WorkflowModel } from '@nocobase/plugin-workflow';
import type { Endpoint } from '../../../../src/server/endpoints/Endpoint';
import { RouteFollower } from '../../../../src/server/endpoints/RouteFollower';
import { RouteTable } from '../../../../src/server/endpoints/RouteTable';

/** What is enabled: the version of each workflow key. */
class FakeTable {
  readonly versions = new Map<string, number>();
  reads: string[][] = [];
  isAway = false;

  async fingerprint(): Promise<string> {
    if (this.isAway) {
      throw new Error('away');
    }
    return JSON.stringify([...this.versions]);
  }

  async stamps(): Promise<Map<string, string>> {
    return new Map([...this.versions].map(([key, version]) => [key, String(version)]));
  }

  readonly read = async (keys: readonly string[]): Promise<WorkflowModel[]> => {
    this.reads.push([...keys]);
    return keys.map((key) => ({ key, id: this.versions.get(key) }) as WorkflowModel);
  };
}

function setUp() {
  const [table, routes, errors] = [new FakeTable(), new RouteTable(), [] as unknown[]];
  const compile = ({ key, id }: WorkflowModel) =>
    key === 'broken'
      ? null
      : ({ key, workflowId: id, segments: [{ literal: `path-of-${key}` }] } as unknown as Endpoint);
  const onError = (error: unknown) => void errors.push(error);
  const follower = new RouteFollower({ routes, rows: table, read: table.read, compile, onError });
  const versions = () => Object.fromEntries([...routes.endpoints()].map(({ key, workflowId }) => [key, workflowId]));
  return { table, routes, follower, versions, errors };
}

/** A transaction, and its end. */
function transaction() {
  const hooks: (() => Promise<void>)[] = [];
  const made = { afterCommit: (hook: () => Promise<void>) => void hooks.push(hook) } as unknown as Transaction;
  return { made, commit: () => Promise.all(hooks.map((hook) => hook())) };
}

const aTurn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

beforeEach(() => jest.useFakeTimers({ doNotFake: ['setImmediate'] }));
afterEach(() => jest.useRealTimers());

it('has the routes once it has started, and leaves out what can not be used', async () => {
  const { table, follower, versions } = setUp();
  table.versions.set('a', 1).set('broken', 2).set('b', 3);
  await follower.start();
  expect(versions()).toEqual({ a: 1, b: 3 });
});

it('puts a version in the place of another one when that is committed, not before, with neither missing', async () => {
  const { table, routes, follower, versions } = setUp();
  table.versions.set('a', 1).set('b', 2);
  await follower.start();
  const { made, commit } = transaction();
  // What the engine tells of in the middle of a switch-over, and a look at the table that comes of it.
  follower.hint();
  await follower.saved({ parent: made } as unknown as Transaction);
  await aTurn();
  expect(versions()).toEqual({ a: 1, b: 2 });
  table.versions.set('a', 3);
  await commit();
  expect(versions()).toEqual({ a: 3, b: 2 });
  expect(routes.find('path-of-a').map(({ endpoint }) => endpoint.workflowId)).toEqual([3]);
  // Only what changed is worked out again.
  expect(table.reads).toEqual([['a', 'b'], ['a']]);
});

it('notices within a second what another instance did', async () => {
  const { table, follower, versions } = setUp();
  table.versions.set('a', 1).set('b', 2);
  await follower.start();
  table.versions.set('a', 4).set('c', 5);
  table.versions.delete('b');
  await jest.advanceTimersByTimeAsync(1_000);
  expect(versions()).toEqual({ a: 4, c: 5 });
});

it('notices at once where it is told to look', async () => {
  const { table, follower, versions } = setUp();
  await follower.start();
  table.versions.set('a', 1);
  follower.hint();
  await aTurn();
  expect(versions()).toEqual({ a: 1 });
});

it('keeps what it has while the database is away, and tries again', async () => {
  const { table, follower, versions, errors } = setUp();
  table.versions.set('a', 1);
  await follower.start();
  table.versions.set('a', 2);
  table.isAway = true;
  await follower.saved();
  expect(versions()).toEqual({ a: 1 });
  expect(errors).toHaveLength(1);
  table.isAway = false;
  await jest.advanceTimersByTimeAsync(1_000);
  expect(versions()).toEqual({ a: 2 });
});

it('leaves the routes as they are when it has stopped', async () => {
  const { table, follower, versions } = setUp();
  table.versions.set('a', 1);
  await follower.start();
  follower.stop();
  table.versions.clear();
  follower.hint();
  await jest.advanceTimersByTimeAsync(2_000);
  expect(versions()).toEqual({ a: 1 });
});
