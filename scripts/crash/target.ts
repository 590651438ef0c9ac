import type { Host } from '../host';
import { Load } from './load';

/** Callers at a time. SQLite is for trying things out: fewer keep NocoBase itself from failing on locks. */
const WIDTH = 32;
const SQLITE_WIDTH = 8;

/** A workflow under load. */
export interface Target {
  key: string;
  load: Load;
}

interface Workflow {
  id: number;
  key: string;
}

/** A webhook with a node, called from all sides; on every host of a cluster in turn. */
export async function webhookTarget(hosts: readonly Host[], sync = false): Promise<Target> {
  const [host] = hosts;
  if (!host) {
    throw new Error('a host is needed');
  }
  const { key } = await createWorkflow(host, { type: 'webhook', sync, config: { concurrency: 4 } });
  const urls = hosts.map(({ url, apiPath }) => `${url}${apiPath}webhooks/${key}`);
  return { key, load: new Load(urls, widthOn(host)) };
}

/** The same workflow, started by NocoBase's own route. */
export async function ownTarget(host: Host): Promise<Target> {
  const { key } = await createWorkflow(host, { type: 'custom-action', config: { type: 0 } });
  const { url, apiPath, api } = host;
  const headers = { authorization: `Bearer ${await api.signIn()}` };
  return { key, load: new Load([`${url}${apiPath}workflows:trigger?triggerWorkflows=${key}`], widthOn(host), headers) };
}

async function createWorkflow({ api }: Host, values: object): Promise<Workflow> {
  const workflow = await api.action<Workflow>('workflows:create', { title: 'crash', enabled: false, ...values });
  await api.action(`workflows/${workflow.id}/nodes:create`, {
    type: 'calculation',
    title: 'double it',
    config: { engine: 'formula.js', expression: '{{$context.data.number}} * 2' },
  });
  await api.action('workflows:update', { enabled: true }, { filterByTk: workflow.id });
  return workflow;
}

function widthOn({ database }: Host): number {
  return database.dialect === 'sqlite' ? SQLITE_WIDTH : WIDTH;
}
