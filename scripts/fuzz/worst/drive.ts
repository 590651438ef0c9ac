import { setTimeout as delay } from 'node:timers/promises';
import type { Host } from '../../host';
import { send, type Outcome } from '../send';
import { Computing } from '../Computing';
import { lengthOf, type Stall, type Stalls } from '../Stalls';
import type { FuzzRequest } from '../requests';
import { WORST_FILTERS } from './filters';
import { requestOf, worstRequests } from './requests';
import { UNVERIFIED_SENDERS } from './senders';
import { VERIFIED_SENDERS } from './verified';

/** A request with what it did to NocoBase's thread. */
export interface Driven {
  name: string;
  request: FuzzRequest;
  outcome: Outcome;
  /** The longest; null: none that was worth a line. */
  stall: Stall | null;
  /** Milliseconds that the thread computed, with what it does anyway; null: the system doesn't tell. */
  computed: number | null;
}

/** Until what a delivery starts has run, and the watch has written down what that took. */
const SETTLING = 150;
/** Until the watch has written down what a refusal took. */
const NOTING = 15;

/** Where requests go, and what tells of them. */
export interface Driver {
  port: number;
  stalls: Stalls;
  computing: Computing;
}

/**
 * Creates a webhook for every sender, and sends it every worst body; and one for every worst filter. One at a time.
 * @param only the names of those that are sent
 */
export async function driveWorst(
  host: Host,
  stalls: Stalls,
  only: RegExp,
  told: (driven: Driven) => void,
): Promise<void> {
  const driver = { port: host.port, stalls, computing: new Computing(host.pid ?? 0) };
  for (const sender of [...VERIFIED_SENDERS, ...UNVERIFIED_SENDERS]) {
    const { name, auth, settings, sync } = sender;
    const key = await createWebhook(host, name, { ...settings, auth }, sync);
    await settle(driver);
    for (const { name, request } of worstRequests(key, sender)) {
      if (only.test(name)) {
        told(await drive(driver, name, request));
      }
    }
  }
  for (const { name, filter, data } of WORST_FILTERS) {
    const key = await createWebhook(host, name, { auth: { type: 'none' }, filter });
    await settle(driver);
    const request = requestOf(key, NO_HEAD, { contentType: 'application/json' }, Buffer.from(JSON.stringify(data)));
    told(await drive(driver, `filter, ${name}`, request));
  }
}

const NO_HEAD = { headers: {}, query: {} };

async function createWebhook(host: Host, name: string, config: object, sync = false): Promise<string> {
  const { key } = await host.api.action<{ key: string }>('workflows:create', {
    title: `worst ${name}`,
    type: 'webhook',
    sync,
    enabled: true,
    current: true,
    config,
  });
  return key;
}

/** Until what was done before has come to its end. */
async function settle({ stalls, computing }: Driver): Promise<void> {
  await delay(SETTLING);
  stalls.take();
  computing.take();
}

/** Sends one request while nothing else is sent. */
export async function drive({ port, stalls, computing }: Driver, name: string, request: FuzzRequest): Promise<Driven> {
  computing.take();
  const { outcome } = await send(port, request);
  await delay(Number(outcome) < 300 ? SETTLING : NOTING);
  const computed = computing.take();
  const [stall = null] = stalls.take().sort((one, other) => lengthOf(other) - lengthOf(one));
  return { name, request, outcome, stall, computed };
}
