import { setTimeout as delay } from 'node:timers/promises';
import type { Host } from '../../host';
import { send, type Outcome } from '../send';
import { lengthOf, type Stall, type Stalls } from '../Stalls';
import type { FuzzRequest } from '../requests';
import { WORST_FILTERS } from './filters';
import { requestOf, worstRequests } from './requests';
import { SENDERS } from './senders';

/** A request with what it did to NocoBase's thread. */
export interface Driven {
  name: string;
  request: FuzzRequest;
  outcome: Outcome;
  /** The longest; null: none that was worth a line. */
  stall: Stall | null;
}

/** Until what a delivery starts has run, and the watch has written down what that took. */
const SETTLING = 150;
/** Until the watch has written down what a refusal took. */
const NOTING = 15;

/** Creates a webhook for every way to verify, and sends it every worst body; and one for every worst filter. One at a time. */
export async function driveWorst(host: Host, stalls: Stalls, told: (driven: Driven) => void): Promise<void> {
  for (const sender of SENDERS) {
    const key = await createWebhook(host, sender.name, { auth: sender.auth });
    await delay(SETTLING);
    stalls.take();
    for (const { name, request } of worstRequests(key, sender)) {
      told(await drive(host.port, name, request, stalls));
    }
  }
  for (const { name, filter, data } of WORST_FILTERS) {
    const key = await createWebhook(host, name, { auth: { type: 'none' }, filter });
    await delay(SETTLING);
    stalls.take();
    const request = requestOf(key, NO_HEAD, { contentType: 'application/json' }, Buffer.from(JSON.stringify(data)));
    told(await drive(host.port, `filter, ${name}`, request, stalls));
  }
}

const NO_HEAD = { headers: {}, query: {} };

async function createWebhook(host: Host, name: string, config: object): Promise<string> {
  const { key } = await host.api.action<{ key: string }>('workflows:create', {
    title: `worst ${name}`,
    type: 'webhook',
    sync: false,
    enabled: true,
    current: true,
    config,
  });
  return key;
}

/** Sends one request while nothing else is sent. */
export async function drive(port: number, name: string, request: FuzzRequest, stalls: Stalls): Promise<Driven> {
  const { outcome } = await send(port, request);
  await delay(Number(outcome) < 300 ? SETTLING : NOTING);
  const [stall = null] = stalls.take().sort((one, other) => lengthOf(other) - lengthOf(one));
  return { name, request, outcome, stall };
}
