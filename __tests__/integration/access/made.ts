import { randomBytes } from 'node:crypto';
import type { Host } from '../../../scripts/host';
import type { CapturedSecret } from '../../../src/common/capturedSecrets';
import type { ReplayJob } from '../../../src/common/deliveriesApi';
import { unique } from '../../support/hosts';
import { JSON_TYPE } from '../../support/providerSigning';
import { createWebhook, finishedExecutions, waitFor, type WorkflowRecord } from '../../support/workflows';

const random = (): string => randomBytes(18).toString('hex');

/** What nobody is to be shown, wherever it stands. */
export const SECRETS = {
  token: random(),
  password: random(),
  oldPassword: random(),
  option: random(),
  signing: random(),
  authorization: random(),
  cookie: random(),
  proxy: random(),
};

/** What there is to be seen: a webhook with a delivery, its run and a replay; and secrets that a service handed over. */
export interface Made {
  workflow: WorkflowRecord;
  /** Verified by two passwords. */
  basic: WorkflowRecord;
  /** Of a provider, with a secret among its options. */
  meta: WorkflowRecord;
  deliveryId: string;
  executionId: string;
  replayId: string;
  /** The webhook that a service handed a secret over to. */
  capturing: WorkflowRecord;
  /** Has one more delivery refused; gives its id. */
  refused(): Promise<string>;
  /** Hands over one more; gives its id. */
  handOver(): Promise<string>;
}

/** Makes all of it, over HTTP, as a maker and a sender would. */
export async function makeAll(host: Host): Promise<Made> {
  const { api } = host;
  const { token, password, oldPassword, option, signing, authorization, cookie, proxy } = SECRETS;
  const workflow = await createWebhook(api, {
    auth: { type: 'token', in: 'header', name: 'x-api-key', secrets: [{ name: 'main', value: token }] },
    body: { keepRaw: true },
    dedupe: null,
  });
  const basic = await createWebhook(api, {
    auth: { type: 'basic', username: 'u', passwords: [password, oldPassword] },
  });
  const meta = await createWebhook(api, {
    auth: { type: 'provider', provider: 'meta', secrets: [signing], options: { verifyToken: option } },
  });
  const notion = () => createWebhook(api, { auth: { type: 'provider', provider: 'notion', secrets: [] } });
  const call = async (key: string, body: string, headers: Record<string, string> = {}) => {
    const init = { method: 'POST', body, headers: { ...JSON_TYPE, ...headers } };
    const { status } = await fetch(`${api.base}webhooks/${key}?page=1`, init);
    if (status !== 200) {
      throw new Error(`the webhook answered ${status}`);
    }
  };
  await call(workflow.key, '{"a":1}', {
    'x-api-key': token,
    'x-id': unique(),
    authorization: `Bearer ${authorization}`,
    cookie: `session=${cookie}`,
    'proxy-authorization': `Bearer ${proxy}`,
  });
  const [execution] = await finishedExecutions(api, workflow.key);
  const delivery = await waitFor('the delivery', 20_000, async () => {
    const filter = JSON.stringify({ key: workflow.key, status: 'succeeded' });
    return (await api.get<{ id: string }[]>('webhookDeliveries:list', { filter }))[0];
  });
  const filter = { key: workflow.key };
  const replay = await api.action<ReplayJob>('webhookDeliveries:replayMany', { filter });

  const handOver = async (): Promise<string> => {
    // A webhook of its own for each: few are taken from one address.
    const { key } = await notion();
    await call(key, JSON.stringify({ verification_token: random() }));
    const [found] = await api.get<CapturedSecret[]>('webhookCapturedSecrets:list', { key });
    return found?.id ?? '';
  };
  const refused = async (): Promise<string> => {
    const path = unique('/refused-');
    await fetch(`${api.base}webhooks/${workflow.key}?path=${path}`, { method: 'POST', body: '{}' });
    const row = await waitFor('the refused one', 20_000, async () => {
      const filter = JSON.stringify({ key: workflow.key, status: 'rejected' });
      const rows = await api.get<{ id: string; query: object }[]>('webhookDeliveries:list', {
        filter,
        fields: 'id,query',
      });
      return rows.find(({ query }) => JSON.stringify(query).includes(path));
    });
    return row.id;
  };
  const capturing = await notion();
  await call(capturing.key, JSON.stringify({ verification_token: random() }));
  return {
    workflow,
    basic,
    meta,
    deliveryId: delivery.id,
    executionId: String(execution?.id),
    replayId: replay.id,
    capturing,
    refused,
    handOver,
  };
}
