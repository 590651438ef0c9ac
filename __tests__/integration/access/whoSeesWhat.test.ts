import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Host } from '../../../scripts/host';
import { PROJECT_ROOT } from '../../../scripts/host/layout';
import { createInstalledHost } from '../../../scripts/host/template';
import { packedPlugin, unique } from '../../support/hosts';
import { WORK_DIR } from '../../support/shared';
import { waitFor } from '../../support/workflows';
import { makeAll, SECRETS, type Made } from './made';
import { ROLES, signIn, type Answer, type Ask, type Role } from './people';
import { Resources, type Resource } from './resources';
import { CLOSED, TABLE, TABLE_OF_NOCOBASE, type Answered, type Row } from './table';

jest.setTimeout(300_000);

// Who may do what doesn't depend on the database; NocoBase has to be started without the plugin first.
let host: Host;
let without: Map<string, Resource>;
let withOurs: Map<string, Resource>;
let people: Record<Role, Ask>;
let made: Made;

beforeAll(async () => {
  const resources = new Resources(join(WORK_DIR, unique('resources-')));
  host = await createInstalledHost({ dialect: 'sqlite', dir: join(WORK_DIR, `own-${unique()}`), env: resources.env });
  await host.start();
  without = resources.take();
  await host.api.installPlugin(packedPlugin());
  withOurs = resources.take();
  people = await signIn(host.api);
  made = await makeAll(host);
});

afterAll(() => host?.remove());

const actionOf = (name: string): string => name.split(',')[0] ?? '';

/** The resources that the plugin has added to NocoBase, or changed: from the app as it runs. */
function ours(): Resource[] {
  return [...withOurs.values()].filter(({ name, actions }) => without.get(name)?.actions.join() !== actions.join());
}

/** NocoBase's own actions on every resource: those of one name alone aside, such as `users:updateProfile`. */
function genericActions(): string[] {
  return [...new Set([...withOurs.values()].flatMap(({ generic }) => generic))].filter((name) => !name.includes(':'));
}

describe('the table names', () => {
  it('every resource and every action that the plugin adds to NocoBase, and no other', () => {
    const found = ours().flatMap(({ name, actions }) => actions.map((action) => `${name}:${action}`));
    expect(found.sort()).toEqual([...new Set(Object.keys(TABLE).map(actionOf))].sort());
    const closed = ours().flatMap(({ name, actions }) => (actions.length === 0 ? name : []));
    expect(closed.sort()).toEqual([...CLOSED].sort());
  });

  it('every collection of the plugin', () => {
    const files = readdirSync(join(PROJECT_ROOT, 'src/server/collections')).map((file) => basename(file, '.ts'));
    const named = new Set([...CLOSED, ...Object.keys(TABLE).map((name) => name.split(':')[0])]);
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((file) => !named.has(file))).toEqual([]);
  });

  it('no action that the plugin would add to the resources of others', () => {
    const before = new Set([...without.values()].flatMap(({ generic }) => generic));
    const after = new Set([...withOurs.values()].flatMap(({ generic }) => generic));
    expect(before.size).toBeGreaterThan(10);
    expect([...after].filter((name) => !before.has(name))).toEqual([]);
  });
});

describe.each(ROLES)('%s', (role) => {
  const rows = Object.entries({ ...TABLE, ...TABLE_OF_NOCOBASE });

  it.each(rows)('gets what the table says by %s', async (name, row) => {
    const question = { path: actionOf(name), ...(await row.ask(made)) };
    // One replay of many at a time.
    const answer = await waitFor('the answer', 20_000, async () => {
      const given = await people[role](question);
      return given.status !== 409 && given;
    });
    expect(seen(answer, row)).toEqual(row.sees[role]);
    expect(Object.values(SECRETS).filter((secret) => answer.text.includes(secret))).toEqual([]);
  });

  it("gets nothing by NocoBase's own actions on the plugin's tables", async () => {
    const given: Record<string, number> = {};
    for (const { name, actions } of ours()) {
      for (const action of genericActions().filter((generic) => !actions.includes(generic))) {
        for (const json of [undefined, {}]) {
          const query = { filterByTk: made.deliveryId, filter: '{}', pageSize: '1' };
          const { status, text } = await people[role]({ path: `${name}:${action}`, query, json });
          if (![401, 403, 404].includes(status) || text.includes('"data"')) {
            given[`${json ? 'POST' : 'GET'} ${name}:${action}`] = status;
          }
        }
      }
    }
    expect(given).toEqual({});
  });

  it.each([
    ['webhookCapturedSecrets:list', { filter: '{}' }],
    ['webhookEndpoints:list', { filter: 'x' }],
    ['webhookSettings:get', { filter: '{}' }],
    ['webhookDeliveries:list', { filter: 'x', filterByTk: '1' }],
    ['webhookDeliveries:list', { 'fields[a]': 'b' }],
    ['webhookDeliveries:eraseMany', { filter: '[]' }],
  ])('is told what is wrong with a parameter of %s only where it may ask: %j', async (path, query) => {
    const { status } = await people[role]({ path, query: query as Record<string, string> });
    expect(status).toBe({ guest: 401, member: 403 }[role as string] ?? 400);
  });

  it.each(Object.entries(TABLE))('is refused a filter that can not be read by %s, or not let in', async (name, row) => {
    const { status } = await people[role]({ path: actionOf(name), query: { filter: '{' } });
    const sees = row.sees[role];
    expect(status).toBe(typeof sees === 'number' ? sees : 400);
  });

  it("gets nothing of the plugin's tables by a chart", async () => {
    for (const { name } of ours()) {
      const json = { mode: 'builder', dataSource: 'main', collection: name, measures: [{ field: ['id'] }] };
      const { status } = await people[role]({ path: 'charts:query', json });
      expect([name, status]).toEqual([name, role === 'guest' ? 401 : 403]);
    }
  });
});

/** The status of a refusal, or the fields of what is answered, in order. */
function seen({ status, text }: Answer, { of = (data) => data }: Row): number | string[] {
  if (status !== 200) {
    return status;
  }
  const body = JSON.parse(text) as Record<string, unknown>;
  const data = body.data ?? body;
  const first = (Array.isArray(data) ? data[0] : data) as Answered | undefined;
  if (!first) {
    throw new Error('the answer is empty: that tells nothing of its fields');
  }
  return Object.keys(of(first) as object).sort();
}
