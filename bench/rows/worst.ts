import { PROVIDERS } from '../../src/common/providers';
import { resolveConfig } from '../../src/common/config';
import { bodyText, parseBody } from '../../src/server/parsers';
import { bodyRules } from '../../src/server/parsers/bodyRules';
import type { ReadBody } from '../../src/server/parsers/types';
import { Redactor } from '../../src/server/redaction/Redactor';
import { compileSchema } from '../../src/server/schema/compileSchema';
import { verifyRequest } from '../../src/server/verifiers';
import { WORST_BODIES } from '../../scripts/fuzz/worst/bodies';
import { WORST_JSON } from '../../scripts/fuzz/worst/json';
import { WORST_SCHEMAS } from '../../scripts/fuzz/worst/schemas';
import { UNVERIFIED_SENDERS } from '../../scripts/fuzz/worst/senders';
import type { Measurement, Row } from '../types';

/** Rounds of which the fastest counts. */
const ROUNDS = 3;

/** Milliseconds that this process computes while it does the work: what else the machine does is no part of it. */
async function computed(work: () => unknown): Promise<number> {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** As on the databases that store most. */
const MAX_DEPTH = 90;

interface Case {
  name: string;
  work: () => unknown;
}

const RULES = bodyRules(resolveConfig({}), MAX_DEPTH);

interface Worst {
  name: string;
  milliseconds: number;
}

async function fastest(work: () => unknown): Promise<number> {
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round += 1) {
    best = Math.min(best, await computed(work));
  }
  return best;
}

/** The slowest of these, each as fast as it gets. */
async function slowest(cases: Iterable<Case>): Promise<Worst> {
  let worst: Worst = { name: '', milliseconds: 0 };
  for (const { name, work } of cases) {
    const milliseconds = await fastest(work);
    worst = milliseconds > worst.milliseconds ? { name, milliseconds } : worst;
  }
  return worst;
}

function parsed(body: Buffer, contentType: string | undefined): ReadBody | undefined {
  try {
    return parseBody(body, contentType, RULES);
  } catch {
    return undefined;
  }
}

function* parsing() {
  for (const { name, contentType, make } of WORST_BODIES) {
    const body = make();
    yield { name, work: () => parsed(body, contentType ?? undefined) };
  }
}

function* verifying() {
  const outbound = { get: () => Promise.reject(new Error('no way out')) };
  for (const { name: sender, auth, head } of UNVERIFIED_SENDERS) {
    for (const { name, make } of WORST_BODIES) {
      const rawBody = make();
      const { headers, query } = head(rawBody);
      const url = `https://hooks.example/api/webhooks/key?${new URLSearchParams(query).toString()}`;
      const request = { method: 'POST', url, headers, rawBody };
      yield {
        name: `${sender}, ${name}`,
        work: () => verifyRequest({ auth, request, now: Date.now() / 1000, outbound }),
      };
    }
  }
}

const CREDENTIALS = ['s3cret-token-12', 'Bearer s3cret-token-12'];

/** What the log and the workflow get of a verified call is looked through for its credential: as bytes, text and value. */
function* redacting() {
  for (const { name, contentType, make } of WORST_BODIES) {
    const body = make();
    const read = parsed(body, contentType ?? undefined);
    if (read) {
      const text = bodyText(body, contentType ?? undefined, { charset: null });
      yield { name: `${name}, its bytes`, work: () => new Redactor(CREDENTIALS).body(body) };
      yield { name: `${name}, its text`, work: () => new Redactor(CREDENTIALS).text(text) };
      yield { name: `${name}, its value`, work: () => new Redactor(CREDENTIALS).value(read.data) };
    }
  }
}

function* checking() {
  for (const { name, schema, value } of WORST_SCHEMAS) {
    const validate = compileSchema(schema, '/data');
    yield { name, work: () => validate(value) };
  }
}

const row = (id: string, what: string, { name, milliseconds }: Worst): Measurement => ({
  id,
  what,
  value: milliseconds,
  unit: 'ms',
  ...(name && { detail: name }),
});

/** In this process: what a megabyte that is made for it can hold the thread for, at each stage. */
export const WORST: Row = {
  id: 'W',
  title: 'the worst megabyte for verifiers, parsers and schemas',
  async run() {
    const usual = WORST_JSON['usual records']?.() ?? '[]';
    return [
      row('W-json', '`JSON.parse` of 1 MB of usual records', {
        name: '',
        milliseconds: await fastest(() => JSON.parse(usual)),
      }),
      row('W-parse', `the slowest of ${WORST_BODIES.length} bodies to parse`, await slowest(parsing())),
      row(
        'W-verify',
        `the slowest of these to refuse, by ${PROVIDERS.length} providers and the other ways`,
        await slowest(verifying()),
      ),
      row('W-redact', 'the slowest of these to look through for a credential', await slowest(redacting())),
      row(
        'W-schema',
        `the slowest of ${WORST_SCHEMAS.length} schemas with a value to check`,
        await slowest(checking()),
      ),
    ];
  },
};
