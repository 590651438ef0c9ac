/**
 * `npm run test:flood [-- --scenarios=stalled,spread,dripping,large,heads,waiting,certificates --sockets=2000 --addresses=20 --seconds=15
 * --dialect=sqlite --tgz=<packed plugin>]`: strangers hold as many requests open as they can, at one webhook or at many,
 * while a true sender calls another one; or make this side fetch what they
 * invent. Fails where one of its calls is answered with anything but 2xx.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { buildAll } from '../build';
import { PROJECT_ROOT, type Dialect, type Host } from '../host';
import { createInstalledHost } from '../host/template';
import { pack } from '../pack';
import { certificates } from './certificates';
import { Flood } from './sockets';
import { createTargets, type Targets } from './targets';

/** The true sender's calls a second. */
const CALLS_PER_SECOND = 20;

interface Scenario {
  /** What each stranger sends first. */
  first(number: number, targets: Targets): string;
  then?: string;
}

const head = (path: string, lines: string): string => `POST ${path} HTTP/1.1\r\nhost: x\r\n${lines}\r\n\r\n`;
const webhookOf = (number: number, { many }: Targets): string => many[number % many.length] ?? '';

const SCENARIOS: Record<string, Scenario> = {
  stalled: { first: (_number, { one }) => head(one, 'content-length: 1000') },
  spread: { first: (number, targets) => head(webhookOf(number, targets), 'content-length: 1000') },
  dripping: {
    first: (number, targets) => head(webhookOf(number, targets), 'transfer-encoding: chunked'),
    then: '1\r\nx\r\n',
  },
  large: {
    first: (number, targets) => `${head(webhookOf(number, targets), 'content-length: 1000000')}${'x'.repeat(150_000)}`,
  },
  heads: { first: (_number, { one }) => `POST ${one} HTTP/1.1\r\nhost: x\r\n` },
  waiting: { first: (_number, { open }) => `${head(open, 'content-length: 2')}{}` },
};

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      scenarios: { type: 'string', default: `${Object.keys(SCENARIOS).join()},certificates` },
      sockets: { type: 'string', default: '2000' },
      addresses: { type: 'string', default: '20' },
      seconds: { type: 'string', default: '15' },
      dialect: { type: 'string', default: 'sqlite' },
      tgz: { type: 'string' },
    },
  });
  const work = mkdtempSync(join(tmpdir(), 'webhook-flood-'));
  const tgz = values.tgz ?? (await packed(work));
  const dir = join(PROJECT_ROOT, '.nocobase', `flood-${process.pid}`);
  const host = await createInstalledHost({ dialect: values.dialect as Dialect, dir });
  try {
    await host.start();
    await host.api.installPlugin(tgz);
    const targets = await createTargets(host);
    for (const name of values.scenarios.split(',').filter((given) => given !== 'certificates')) {
      const scenario = SCENARIOS[name];
      if (!scenario) {
        throw new Error(`there is no scenario ${name}; scenarios: ${Object.keys(SCENARIOS).join(', ')}`);
      }
      const flood = await Flood.open({
        port: host.port,
        count: Number(values.sockets),
        addresses: Number(values.addresses),
        first: (number) => scenario.first(number, targets),
        then: scenario.then,
      });
      const line = await callTruly(host, targets, Number(values.seconds));
      console.log(
        `${name}: ${flood.size} sockets open, strangers answered ${toText(flood.answers)}; true sender ${line}`,
      );
      flood.close();
      // The next one begins with everything given back.
      await delay(2_000);
    }
    if (values.scenarios.split(',').includes('certificates')) {
      const [line, isClean] = await certificates({
        dialect: values.dialect as Dialect,
        dir: `${dir}-certificates`,
        tgz,
        seconds: Number(values.seconds),
      });
      console.log(line);
      process.exitCode = isClean ? process.exitCode : 1;
    }
  } finally {
    await host.remove();
    rmSync(work, { recursive: true, force: true });
  }
}

async function packed(work: string): Promise<string> {
  await buildAll(join(work, 'dist'));
  return pack({ dist: join(work, 'dist'), to: work });
}

/** Calls as the true sender does; a line of figures. */
async function callTruly(host: Host, { trueCall }: Targets, seconds: number): Promise<string> {
  const statuses = new Map<string, number>();
  const times: number[] = [];
  const calls: Promise<void>[] = [];
  for (let number = 0; number < seconds * CALLS_PER_SECOND; number++) {
    const started = performance.now();
    calls.push(
      trueCall(number)
        .catch(() => 'no answer')
        .then((status) => {
          statuses.set(String(status), (statuses.get(String(status)) ?? 0) + 1);
          times.push(performance.now() - started);
        }),
    );
    await delay(1_000 / CALLS_PER_SECOND);
  }
  await Promise.all(calls);
  if ([...statuses.keys()].some((status) => !status.startsWith('2'))) {
    process.exitCode = 1;
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(0);
  const healthy = (await fetch(`${host.url}${host.apiPath}__health_check`)).ok ? '' : ', NOT HEALTHY';
  return `${toText(statuses)}, median ${at(0.5)} ms, 99 % within ${at(0.99)} ms${healthy}`;
}

function toText(counts: Map<string, number>): string {
  return (
    [...counts]
      .sort()
      .map(([status, count]) => `${status}×${count}`)
      .join(' ') || 'nothing'
  );
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
