import type { Database } from '@nocobase/database';
import { DELIVERIES_COLLECTION, type BodyEncoding } from '../../../common/deliveries';
import type { AnswerHeaders } from '../../../common/httpFields';
import type { DeliveryRow, KeptAnswer, OriginalDelivery, RecordedAnswer } from '../model/delivery';
import { parseExecutionIds } from '../model/attempts';
import { groupBy } from './grouping';
import { POSITION } from './positions';
import { placeholders, SqlTable, type Tx } from './SqlTable';
import type { WriteLock } from './WriteLock';

/** So many are deleted at once, so that others get in between. */
const MAX_TRIMMED = 500;

/** A delivery that waits to be started. */
export interface Waiting {
  id: string;
  /** The version of the workflow that it was stored for, or tried in last. */
  workflowId: number | string;
  /** How often it was tried, */
  attempts: number;
  /** and the executions of those attempts. */
  executionIds: readonly (number | string)[];
  /** What it has in common with those that it waits for; null: it waits for none. */
  orderKey: string | null;
  /** JSON text. */
  context: string;
}

/** A delivery that waits to be started, as it is chosen among others by its key. */
export interface WaitingByKey {
  id: string;
  position: number | string;
  /** null: it waits for no other. */
  orderKey: string | null;
  /** Whether it is tried again later. */
  isEarly: boolean;
}

/** What is next in a webhook's queue. */
export interface NextDeliveries {
  ids: string[];
  /** Whether there is nothing behind these. */
  isAll: boolean;
  /** Whether what is behind these waits for one that is to be tried again. */
  isBlocked: boolean;
}

/** The statements on deliveries that leave their status alone: storing and finding them, slots, answers. */
export class DeliveryStore {
  private readonly table: SqlTable;

  constructor(
    db: Database,
    private readonly lock: WriteLock,
  ) {
    this.table = new SqlTable(db, db.getCollection(DELIVERIES_COLLECTION));
  }

  /** Stores new deliveries: all of them, or none. They have their positions in this order. */
  insert(rows: readonly DeliveryRow[], tx: Tx = null): Promise<void> {
    const counted = { counted: POSITION };
    return tx
      ? this.table.insert(rows, tx, counted)
      : this.lock.exclusively(() => this.table.insert(rows, null, counted));
  }

  /** Deletes a webhook's oldest deliveries of a status but the newest `keep`. */
  async trim(key: string, status: string, keep: number): Promise<void> {
    const { table: t } = this;
    let found: { id: string }[];
    do {
      found = await t.select<{ id: string }>(
        `SELECT ${t.pick(['id'])} FROM ${t.name} WHERE ${t.column('key')} = $1 AND ${t.column('status')} = $2` +
          ` ORDER BY ${t.column('id')} DESC LIMIT ${MAX_TRIMMED} OFFSET ${keep}`,
        [key, status],
        null,
      );
      const bind: unknown[] = [];
      const ids = placeholders(
        found.map(({ id }) => id),
        bind,
      );
      if (found.length > 0) {
        const sql = `DELETE FROM ${t.name} WHERE ${t.column('id')} IN (${ids})`;
        await this.lock.exclusively(() => t.change(sql, bind, null));
      }
    } while (found.length === MAX_TRIMMED);
  }

  /**
   * A webhook's next deliveries to start, in order of arrival.
   * @param ordered whether what is behind one that waits to be tried again waits with it; else those are left out
   */
  async next(key: string, limit: number, ordered: boolean, now: Date): Promise<NextDeliveries> {
    const { table: t } = this;
    const isEarly = `(${t.column('nextAttemptAt')} > $1)`;
    const rows = await t.select<{ id: string; isEarly: number }>(
      `SELECT ${t.pick(['id'])}, CASE WHEN ${isEarly} THEN 1 ELSE 0 END AS ${t.quote('isEarly')} FROM ${t.name}` +
        ` WHERE ${t.column('key')} = $2 AND ${t.column('status')} = 'received'` +
        // So that no index on the time is taken, which would not give them in order; and PostgreSQL expects most to be left.
        (ordered ? '' : ` AND ${isEarly} IS NOT TRUE`) +
        ` ORDER BY ${t.column(POSITION)} LIMIT ${limit}`,
      [t.bindable(now), key],
      null,
    );
    const early = rows.findIndex((row) => Number(row.isEarly) === 1);
    const due = early < 0 ? rows : rows.slice(0, early);
    return { ids: due.map(({ id }) => id), isAll: rows.length < limit, isBlocked: early >= 0 };
  }

  /** A webhook's received deliveries behind a position, in order of arrival, but for those with the keys that are left out. */
  async waitingByKey(
    key: string,
    { after, leftOut, limit, now }: { after: number | string; leftOut: readonly string[]; limit: number; now: Date },
  ): Promise<WaitingByKey[]> {
    const { table: t } = this;
    const [position, orderKey] = [t.column(POSITION), t.column('orderKey')];
    const bind: unknown[] = [t.bindable(now), key, after];
    const rest =
      leftOut.length === 0 ? '' : ` AND (${orderKey} IS NULL OR ${orderKey} NOT IN (${placeholders(leftOut, bind)}))`;
    const rows = await t.select<Omit<WaitingByKey, 'isEarly'> & { isEarly: number }>(
      `SELECT ${t.pick(['id', POSITION, 'orderKey'])},` +
        ` CASE WHEN ${t.column('nextAttemptAt')} > $1 THEN 1 ELSE 0 END AS ${t.quote('isEarly')} FROM ${t.name}` +
        ` WHERE ${t.column('key')} = $2 AND ${t.column('status')} = 'received' AND ${position} > $3${rest}` +
        ` ORDER BY ${position} LIMIT ${limit}`,
      bind,
      null,
    );
    return rows.map((row) => ({ ...row, isEarly: Number(row.isEarly) === 1 }));
  }

  /** A webhook's received deliveries, in order of arrival. */
  async nextIds(key: string, limit: number): Promise<string[]> {
    const { table: t } = this;
    const rows = await t.select<{ id: string }>(
      `SELECT ${t.pick(['id'])} FROM ${t.name} WHERE ${t.column('key')} = $1 AND ${t.column('status')} = 'received'` +
        ` ORDER BY ${t.column(POSITION)} LIMIT ${limit}`,
      [key],
      null,
    );
    return rows.map(({ id }) => id);
  }

  /** What is needed to start these deliveries; those without a context can't be. */
  async waiting(ids: readonly string[]): Promise<Waiting[]> {
    if (ids.length === 0) {
      return [];
    }
    const { table: t } = this;
    const bind: unknown[] = [];
    const fields = ['id', 'workflowId', 'attempts', 'executionIds', 'orderKey', 'context'];
    const rows = await t.select<Waiting>(
      `SELECT ${t.pick(fields)} FROM ${t.name} WHERE ${t.column('id')} IN (${placeholders(ids, bind)})`,
      bind,
      null,
    );
    return rows.map((row) => ({ ...row, executionIds: parseExecutionIds(row.executionIds) }));
  }

  /** How large the contexts of these deliveries are, in bytes. */
  async contextSizes(ids: readonly string[]): Promise<Map<string, number>> {
    if (ids.length === 0) {
      return new Map();
    }
    const { table: t } = this;
    const length = t.dialect === 'sqlite' ? 'LENGTH' : 'OCTET_LENGTH';
    const bind: unknown[] = [];
    const rows = await t.select<{ id: string; size: number | string | null }>(
      `SELECT ${t.pick(['id'])}, ${length}(${t.column('context')}) AS size FROM ${t.name}` +
        ` WHERE ${t.column('id')} IN (${placeholders(ids, bind)})`,
      bind,
      null,
    );
    return new Map(rows.map(({ id, size }) => [id, Number(size ?? 0)]));
  }

  /** Keeps what callers were answered, for duplicates and for the log. */
  recordAnswers(answers: readonly RecordedAnswer[]): Promise<void> {
    return this.lock.exclusively(() => this.recordAnswerGroups(answers));
  }

  private async recordAnswerGroups(answers: readonly RecordedAnswer[]): Promise<void> {
    const { table: t } = this;
    for (const same of groupBy(answers, ({ status, headers, encoding }) =>
      JSON.stringify([status, encoding, headers]),
    )) {
      const [{ status, headers, encoding }] = same;
      const bind: unknown[] = [status, t.bindable(headers), encoding ?? null];
      const bodies = same.map(({ id, body }) => `WHEN '${id}' THEN $${bind.push(body)}`);
      const ids = same.map(({ id }) => id);
      await t.change(
        `UPDATE ${t.name} SET ${t.column('responseStatus')} = $1, ${t.column('responseHeaders')} = $2,` +
          ` ${t.column('responseEncoding')} = $3,` +
          ` ${t.column('responseBody')} = CASE ${t.column('id')} ${bodies.join(' ')} END` +
          ` WHERE ${t.column('id')} IN (${placeholders(ids, bind)})`,
        bind,
        null,
      );
    }
  }

  /** Keeps what a first run came to answer behind its caller's back. */
  async recordRepeatAnswer(id: string, answer: KeptAnswer): Promise<void> {
    const { table: t } = this;
    const sql =
      `UPDATE ${t.name} SET ${t.column('repeatAnswer')} = $1 WHERE ${t.column('id')} = $2` +
      // One that is tried again is answered by what comes of that.
      ` AND ${t.column('attempts')} <= 1 AND ${t.column('nextAttemptAt')} IS NULL`;
    await this.lock.exclusively(() => t.change(sql, [JSON.stringify(answer), id], null));
  }

  /**
   * Hands a failed delivery's dedupe slot on to its replay: repeats are the replay's from here on. One whose slot a
   * repeat has taken meanwhile keeps nothing to hand on.
   */
  async passSlot({ id, dedupeSlot, bodyDigest }: SlotHolder, to: string): Promise<void> {
    const { table: t, lock } = this;
    const [own, slot] = [t.column('id'), t.column('dedupeSlot')];
    await lock.transaction(async (tx) => {
      const free = `UPDATE ${t.name} SET ${slot} = NULL WHERE ${own} = $1 AND ${slot} = $2`;
      if ((await t.change(free, [id, dedupeSlot], tx)) > 0) {
        const take = `UPDATE ${t.name} SET ${slot} = $1, ${t.column('bodyDigest')} = $2 WHERE ${own} = $3`;
        await t.change(take, [dedupeSlot, bodyDigest, to], tx);
      }
    });
  }

  /** The deliveries that hold these dedupe slots, by slot. */
  async slotHolders(slots: readonly string[]): Promise<Map<string, OriginalDelivery>> {
    const { table: t } = this;
    const bind: unknown[] = [];
    const rows = await t.select<StoredOriginal>(
      `SELECT ${t.pick(['dedupeSlot', ...ORIGINAL_FIELDS])} FROM ${t.name}` +
        ` WHERE ${t.column('dedupeSlot')} IN (${placeholders(slots, bind)})`,
      bind,
      null,
    );
    return new Map(rows.map((row) => [row.dedupeSlot, originalDelivery(row)]));
  }

  /** Which of these are stored. */
  async stored(ids: readonly string[]): Promise<Set<string>> {
    const { table: t } = this;
    const bind: unknown[] = [];
    const sql = `SELECT ${t.pick(['id'])} FROM ${t.name} WHERE ${t.column('id')} IN (${placeholders(ids, bind)})`;
    return new Set((await t.select<{ id: string }>(sql, bind, null)).map(({ id }) => id));
  }

  /** One delivery as its duplicates need it; null: gone. */
  async original(id: string): Promise<OriginalDelivery | null> {
    const { table: t } = this;
    const sql = `SELECT ${t.pick(ORIGINAL_FIELDS)} FROM ${t.name} WHERE ${t.column('id')} = $1`;
    const [row] = await t.select<StoredOriginal>(sql, [id], null);
    return row ? originalDelivery(row) : null;
  }

  /** The webhook of a delivery; null: it is gone. */
  async keyOf(id: string): Promise<string | null> {
    const { table: t } = this;
    const sql = `SELECT ${t.pick(['key'])} FROM ${t.name} WHERE ${t.column('id')} = $1`;
    const [row] = await t.select<{ key: string }>(sql, [id], null);
    return row?.key ?? null;
  }

  /** Frees the slots of deliveries whose window is over. */
  async freeSlots(ids: readonly string[]): Promise<void> {
    const { table: t } = this;
    const bind: unknown[] = [];
    await t.change(
      `UPDATE ${t.name} SET ${t.column('dedupeSlot')} = NULL WHERE ${t.column('id')} IN (${placeholders(ids, bind)})`,
      bind,
      null,
    );
  }
}

const ORIGINAL_FIELDS = [
  'id',
  'status',
  'executionId',
  'attempts',
  'nextAttemptAt',
  'responseStatus',
  'responseHeaders',
  'responseBody',
  'responseEncoding',
  'repeatAnswer',
  'bodyDigest',
];

type SlotHolder = Pick<DeliveryRow, 'id' | 'dedupeSlot' | 'bodyDigest'>;

interface StoredOriginal extends Omit<OriginalDelivery, 'answer' | 'isAnswerOfCaller' | 'isRetried'> {
  attempts: number;
  nextAttemptAt: unknown;
  dedupeSlot: string;
  responseStatus: number | null;
  /** PostgreSQL gives JSON as what it means, the others as text. */
  responseHeaders: AnswerHeaders | string | null;
  responseBody: string | null;
  responseEncoding: BodyEncoding | null;
  repeatAnswer: string | null;
}

type AnswerColumns = Pick<
  StoredOriginal,
  'responseStatus' | 'responseHeaders' | 'responseBody' | 'responseEncoding' | 'repeatAnswer'
>;

function originalDelivery({
  id,
  status,
  executionId,
  bodyDigest,
  attempts,
  nextAttemptAt,
  ...stored
}: StoredOriginal): OriginalDelivery {
  const isRetried = attempts > 1 || nextAttemptAt !== null;
  const isAnswerOfCaller = stored.repeatAnswer === null;
  return { id, status, executionId, bodyDigest, isRetried, isAnswerOfCaller, answer: keptAnswer(stored) };
}

/** What repeats get: a status without headers was told without asking the run, and a body that wasn't kept is no empty one. */
function keptAnswer({
  responseStatus: status,
  responseHeaders: headers,
  responseBody: body,
  responseEncoding: encoding,
  repeatAnswer,
}: AnswerColumns): KeptAnswer | null {
  if (repeatAnswer !== null) {
    return JSON.parse(repeatAnswer) as KeptAnswer;
  }
  return status === null || headers === null || body === null
    ? null
    : {
        status,
        headers: (typeof headers === 'string' ? JSON.parse(headers) : headers) as AnswerHeaders,
        body,
        ...(encoding === 'base64' ? { encoding } : {}),
      };
}
