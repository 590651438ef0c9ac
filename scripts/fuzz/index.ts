/**
 * `npm run fuzz [-- --seed=1 --requests=6000 --seconds=300 --no-worst --only=REGEXP]`: first, one at a time, the megabytes that
 * take longest in each format, to every way to verify; then random requests, byte for byte. All against a real host.
 * Fails on a 5xx other than the deliberate 503, on a request without an answer, on a crash, and on memory or handles
 * that keep growing. Tells the longest time in which NocoBase's only thread did nothing else, and which request did
 * that. The same seed sends the same requests.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { buildAll } from '../build';
import { PROJECT_ROOT, type Host } from '../host';
import { createInstalledHost } from '../host/template';
import { pack } from '../pack';
import { Computing } from './Computing';
import { footprint, type Footprint } from './footprint';
import { Random } from './Random';
import { randomRequest, type FuzzRequest } from './requests';
import { send, type Outcome } from './send';
import { Blame, describeStall } from './Blame';
import { lengthOf, Stalls } from './Stalls';
import { createWebhooks } from './webhooks';
import { driveWorst, type Driven } from './worst/drive';
import { times } from './worst/fill';

/** Callers at a time. */
const WIDTH = 24;

/** The run is cut into this many parts: after the first, which warms NocoBase up, none may leave more behind. */
const PARTS = 4;

/** What may come on top between the second part and the last: the collector takes its time. */
const TOLERATED = { share: 0.25, megabytes: 60, handles: 10 };

/** Tells how a request that failed can be had again. */
interface Failure {
  number: number;
  outcome: Outcome;
  /** What was answered, as it came. */
  text: string;
  request: FuzzRequest;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      requests: { type: 'string', default: '6000' },
      seconds: { type: 'string', default: '300' },
      worst: { type: 'boolean', default: true },
      only: { type: 'string', default: '' },
    },
    allowNegative: true,
  });
  const seed = Number(values.seed);
  const work = mkdtempSync(join(tmpdir(), 'webhook-fuzz-'));
  await buildAll(join(work, 'dist'));
  const tgz = pack({ dist: join(work, 'dist'), to: work });
  const dir = join(PROJECT_ROOT, '.nocobase', `fuzz-${process.pid}`);
  const stalls = new Stalls(join(work, 'stalls'));
  // Nobody is turned away for having failed too often: all requests are to get as far as they can.
  const env = { WEBHOOK_MAX_FAILURES: '1000000000', ...stalls.env };
  const host = await createInstalledHost({ dialect: 'postgres', dir, env });
  try {
    await host.start();
    await host.api.installPlugin(tgz);
    const paths = await createWebhooks(host);
    console.log(`seed ${seed}`);
    const worstIsWell = !values.worst || (await worst(host, stalls, new RegExp(values.only)));
    const isWell = await fuzz(
      host,
      paths,
      new Random(seed),
      stalls,
      Number(values.requests),
      Number(values.seconds) * 1000,
    );
    process.exitCode = worstIsWell && isWell ? 0 : 1;
  } finally {
    await host.remove();
    rmSync(work, { recursive: true, force: true });
  }
}

/** How many of the dearest megabytes are told. */
const TOLD = 20;

/** Sends the megabytes that take longest, and tells what they did; false: one of them was answered with an error. */
async function worst(host: Host, stalls: Stalls, only: RegExp): Promise<boolean> {
  const all: Driven[] = [];
  await driveWorst(host, stalls, only, (driven) => {
    all.push(driven);
  });
  const failed = all.filter(({ outcome }) => isFailure(outcome));
  console.log(`a bare JSON.parse of a megabyte: ${bareParse().toFixed(1)} ms`);
  console.log(`${all.length} of the worst megabytes, one at a time; the dearest:`);
  all
    .sort((one, other) => costOf(other) - costOf(one))
    .slice(0, TOLD)
    .forEach(({ name, outcome, stall, computed }) =>
      console.log(
        `  ${computed?.toFixed(0) ?? '?'} ms computing, longest stall ${describeStall(stall)}: ${name}, answered ${outcome}`,
      ),
    );
  failed.forEach(({ name, outcome }) => console.log(`FAILED: ${name} came to ${outcome}`));
  return failed.length === 0;
}

function costOf({ stall, computed }: Driven): number {
  return computed ?? (stall ? lengthOf(stall) : 0);
}

/** What all of it is compared with: milliseconds of computing, the least of several times. */
function bareParse(): number {
  const text = JSON.stringify(
    times(12_000, (n) => ({ id: n, name: `item ${n}`, price: n + 0.5, tags: ['a', 'b'], ok: true })),
  );
  return Math.min(
    ...times(9, () => {
      const before = process.cpuUsage();
      JSON.parse(text);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1_000;
    }),
  );
}

function isFailure(outcome: Outcome): boolean {
  return outcome === 'no answer' || outcome === 'closed' || (Number(outcome) >= 500 && outcome !== 503);
}

/** Sends everything, prints figures, and tells whether all was well. */
async function fuzz(
  host: Host,
  paths: string[],
  random: Random,
  stalls: Stalls,
  requests: number,
  milliseconds: number,
): Promise<boolean> {
  const pid = host.pid;
  if (pid === undefined) {
    throw new Error('the host does not run');
  }
  const outcomes = new Map<Outcome, number>();
  const failures: Failure[] = [];
  const blame = new Blame(stalls);
  const prints: Footprint[] = [footprint(pid)];
  const started = Date.now();
  let sent = 0;
  const caller = async (until: number, end: number) => {
    while (sent < until && Date.now() < end) {
      const number = ++sent;
      const request = randomRequest(random, paths);
      const done = blame.underWay(number, request);
      const { outcome, text } = await send(host.port, request);
      done();
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      if (isFailure(outcome)) {
        failures.push({ number, outcome, text, request });
      }
    }
  };
  for (let part = 1; part <= PARTS; part++) {
    const until = Math.ceil((requests * part) / PARTS);
    // Where there is no time for all of them, the parts are of one length in time.
    const end = started + (milliseconds * part) / PARTS;
    await Promise.all(Array.from({ length: WIDTH }, () => caller(until, end)));
    await delay(3000);
    prints.push(footprint(pid));
  }
  const healthy = (await fetch(`${host.url}${host.apiPath}__health_check`)).ok;
  report(outcomes, prints, failures, (Date.now() - started) / 1000);
  await blame.report({ port: host.port, stalls, computing: new Computing(pid) });
  const grown = growth(prints);
  grown.forEach((line) => console.log(line));
  return healthy && failures.length === 0 && grown.length === 0;
}

function report(outcomes: Map<Outcome, number>, prints: Footprint[], failures: Failure[], seconds: number): void {
  const total = [...outcomes.values()].reduce((sum, count) => sum + count, 0);
  console.log(`${total} requests in ${seconds.toFixed(0)} s`);
  for (const [outcome, count] of [...outcomes].sort(([, one], [, other]) => other - one)) {
    console.log(`  ${outcome}: ${count}`);
  }
  prints.forEach(({ megabytes, handles }, part) =>
    console.log(`after part ${part}: ${megabytes} MB, ${handles ?? '?'} handles`),
  );
  for (const { number, outcome, text, request } of failures.slice(0, 10)) {
    const bytes = Buffer.concat(request.pieces).subarray(0, 600).toString('latin1');
    console.log(
      `FAILED: request ${number} came to ${outcome}\n${JSON.stringify(bytes)}\n${JSON.stringify(text.slice(0, 600))}`,
    );
  }
}

/** What grew beyond what is tolerated, a line each. */
function growth(prints: readonly Footprint[]): string[] {
  const [, , before, , after] = prints;
  if (!before || !after) {
    return [];
  }
  const megabytes = before.megabytes * (1 + TOLERATED.share) + TOLERATED.megabytes;
  return [
    ...(after.megabytes > megabytes ? [`FAILED: memory grew from ${before.megabytes} to ${after.megabytes} MB`] : []),
    ...((after.handles ?? 0) > (before.handles ?? 0) + TOLERATED.handles
      ? [`FAILED: handles grew from ${before.handles} to ${after.handles}`]
      : []),
  ];
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
