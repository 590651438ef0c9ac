import type { Host } from '../host';
import { Load } from './load';

/** Callers at a time. SQLite is for trying things out: fewer keep NocoBase itself from failing on locks. */
export const CALLERS = 32;
const SQLITE_WIDTH = 8;

/** A workflow under load. */
export interface Target {
  key: string;
  load: Load;
  /** A table with a row for each time that a run had its effect. */
  effects?: string;
}

/** Runs at once. */
export const CONCURRENCY = 4;

interface Workflow {
  id: number;
  key: string;
}

/** A webhook with a node, called from all sides; on every host of a cluster in turn. */
export async function webhookTarget(
  hosts: readonly Host[],
  sync = false,
  nodes: readonly object[] = [DOUBLING],
): Promise<Target> {
  const [host] = hosts;
  if (!host) {
    throw new Error('a host is needed');
  }
  const { key } = await createWorkflow(host, { type: 'webhook', sync, config: { concurrency: CONCURRENCY } }, nodes);
  const urls = hosts.map(({ url, apiPath }) => `${url}${apiPath}webhooks/${key}`);
  return { key, load: new Load(urls, widthOn(host)) };
}

/** A webhook whose runs leave a row each. */
export async function countedTarget(hosts: readonly Host[], sync: boolean): Promise<Target> {
  const effects = 'crashEffects';
  const fields = [
    { name: 'id', type: 'bigInt', autoIncrement: true, primaryKey: true },
    { name: 'number', type: 'integer' },
  ];
  await hosts[0]?.api.action('collections:create', { name: effects, autoGenId: false, fields });
  // Without an adapter the others learn of a collection when they start.
  for (const host of hosts.slice(1)) {
    await host.restart();
  }
  const config = { collection: effects, params: { values: { number: '{{$context.data.number}}' } } };
  return { ...(await webhookTarget(hosts, sync, [{ type: 'create', title: 'leave a row', config }])), effects };
}

/** A webhook of which every run waits for another service's answer to a call of its own. */
export async function callingTarget(host: Host, url: string, sync: boolean): Promise<Target> {
  const { key } = await createWorkflow(host, { type: 'webhook', sync, config: { concurrency: 64 } }, [
    { type: 'request', title: 'tell it', config: { method: 'GET', url: `${url}{{$context.data.number}}` } },
  ]);
  // No faster than the runs end: what waits at the end has to be worked off.
  return { key, load: new Load([`${host.url}${host.apiPath}webhooks/${key}`], 8, {}, 0, 500) };
}

/** Puts a new version of a workflow in the place of the one that is on. */
export async function switchVersion({ api }: Host, key: string): Promise<void> {
  const filter = JSON.stringify({ key });
  const [current] = await api.get<Workflow[]>('workflows:list', { filter: JSON.stringify({ key, current: true }) });
  if (!current) {
    throw new Error(`there is no workflow ${key}`);
  }
  const next = await api.action<Workflow>('workflows:revision', {}, { filterByTk: current.id, filter });
  await api.action('workflows:update', { enabled: true }, { filterByTk: next.id });
}

/** The same workflow, started by NocoBase's own route. */
export async function ownTarget(host: Host): Promise<Target> {
  const { key } = await createWorkflow(host, { type: 'custom-action', config: { type: 0 } });
  const { url, apiPath, api } = host;
  const headers = { authorization: `Bearer ${await api.signIn()}` };
  return { key, load: new Load([`${url}${apiPath}workflows:trigger?triggerWorkflows=${key}`], widthOn(host), headers) };
}

const DOUBLING = {
  type: 'calculation',
  title: 'double it',
  config: { engine: 'formula.js', expression: '{{$context.data.number}} * 2' },
};

async function createWorkflow({ api }: Host, values: object, nodes: readonly object[] = [DOUBLING]): Promise<Workflow> {
  const workflow = await api.action<Workflow>('workflows:create', { title: 'crash', enabled: false, ...values });
  for (const node of nodes) {
    await api.action(`workflows/${workflow.id}/nodes:create`, node);
  }
  await api.action('workflows:update', { enabled: true }, { filterByTk: workflow.id });
  return workflow;
}

function widthOn({ database }: Host): number {
  return database.dialect === 'sqlite' ? SQLITE_WIDTH : CALLERS;
}
