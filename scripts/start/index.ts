import { join } from 'node:path';
import { buildAll } from '../build';
import { ADMIN, createHost, databaseProblem, isListening, PROJECT_ROOT, type Host } from '../host';
import { step } from '../step';
import { ensureDemo, type DemoCalls } from './demo';
import { ensureInstalled, ensurePlugin, reset } from './installation';
import { readOptions, StartError, USAGE, type StartOptions } from './options';

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (!options) {
    console.log(USAGE);
    return;
  }
  await assertUsable(options);
  if (options.reset) {
    await step(`Deleting ${options.dir}`, () => reset(options.dir, options.database));
  }
  const host = await createHost(options);
  stopWithUs(host);
  const dist = join(PROJECT_ROOT, 'dist');
  await step('Building the plugin', () => buildAll(dist));
  await step(
    `Installing NocoBase on ${options.database.dialect}`,
    () => ensureInstalled(host),
    (did) => (did ? '' : 'it is there'),
  );
  await step('Starting NocoBase', () => host.start());
  await step(
    'Installing the plugin through the plugin manager',
    () => ensurePlugin(host, dist),
    (what) => what,
  );
  const demo = await step('Setting up the demo', () => ensureDemo(host));
  console.log(summary(host, demo));
  await host.ended();
  if (stoppingSince === null) {
    throw new StartError(`NocoBase ended by itself; its output is in ${join(host.dir, 'host.log')}`);
  }
}

async function assertUsable({ port, database }: StartOptions): Promise<void> {
  if (await isListening('127.0.0.1', port)) {
    throw new StartError(`Port ${port} is in use: stop what listens there, or choose another with --port.`);
  }
  const problem = await databaseProblem(database);
  if (problem) {
    throw new StartError(`The database can't be used: ${problem}`);
  }
}

/** When we were asked to end: what fails from then on fails because of that. */
let stoppingSince: number | null = null;

/** One Ctrl-C can arrive twice: from the terminal, and from npm. */
const SAME_SIGNAL_MS = 1000;

/** Ctrl-C stops NocoBase first; a second one does not wait. */
function stopWithUs(host: Host): void {
  const end = () => {
    if (stoppingSince !== null) {
      return Date.now() - stoppingSince > SAME_SIGNAL_MS ? process.exit(1) : undefined;
    }
    stoppingSince = Date.now();
    console.log('\nStopping NocoBase …');
    void host.stop().then(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, end);
  }
  if (process.env.npm_lifecycle_event) {
    stopWithParent(end);
  }
}

/** npm starts us through a shell, which passes no signal on: it just ends, and leaves us to another parent. */
function stopWithParent(end: () => void): void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== parent) {
      clearInterval(watch);
      end();
    }
  }, 500);
  watch.unref();
}

function summary({ url }: Host, demo: DemoCalls): string {
  return `
NocoBase is running.

  App       ${url}/          legacy client
            ${url}/v/        modern client
  Login     ${ADMIN.email}  /  ${ADMIN.password}

Webhook "GitHub push" (async, GitHub's signature): a record in the collection "pushes" for every call
  ${demo.pushUrl}

  ${demo.pushCurl}

Webhook "Order total" (sync): answers with what the workflow worked out
  ${demo.orderUrl}

  ${demo.orderCurl}

Ctrl-C stops it.
`;
}

main().catch((error: unknown) => {
  if (stoppingSince !== null) {
    return;
  }
  console.error(error instanceof StartError ? error.message : error);
  process.exit(1);
});
