import { createHash, randomUUID } from 'node:crypto';
import type { Database } from '@nocobase/database';
import { isSilence } from '../deliveries/store/databaseErrors';
import { SqlTable } from '../deliveries/store/SqlTable';

const COLLECTION = 'webhookSingleUseIds';
const HOUR_MS = 3_600_000;

/** What came under an id before: nothing; another body; or the same one, when it was taken (0: it was not). */
export type Claimed = { kind: 'first' } | { kind: 'other' } | { kind: 'same'; takenAt: number };

/**
 * Ids that a provider signed for one request each, in the app's database: they hold over restarts and for all instances.
 * Only requests that were verified get here, so a stranger can't fill it.
 */
export class SingleUseIds {
  private table: SqlTable | undefined;
  private purgedAt = 0;

  /** @param source the database, over whichever connections there are now */
  constructor(
    private readonly source: { readonly db: Database },
    private readonly clock: () => number = Date.now,
  ) {}

  /** What an id is known by. */
  slotOf(webhook: string, id: string): string {
    return createHash('sha256')
      .update(JSON.stringify([webhook, id]))
      .digest('hex');
  }

  /**
   * Claims an id for a request with this body, unless one has come before.
   * @param seconds for which it is remembered
   */
  async claim(slot: string, body: Buffer, seconds: number): Promise<Claimed> {
    const t = this.t();
    const now = this.clock();
    const claim = randomUUID();
    const bodyDigest = createHash('sha256').update(body).digest('hex');
    const row = { slot, bodyDigest, claim, claimedAt: now, takenAt: 0, expiresAt: now + seconds * 1_000 };
    const insert = () => t.insert([row], null, { conflict: 'skip' });
    // Twice is once: it is known by `claim`.
    await insert().catch((error: unknown) => again(error, insert));
    const [found = row] = await t.select<typeof row>(
      `SELECT ${t.pick(['bodyDigest', 'claim', 'takenAt'])} FROM ${t.name} WHERE ${t.column('slot')} = $1`,
      [slot],
      null,
    );
    // On nobody's time: what isn't deleted now is in an hour.
    void this.purge(now).catch(() => undefined);
    if (found.claim === claim) {
      return { kind: 'first' };
    }
    return found.bodyDigest === bodyDigest ? { kind: 'same', takenAt: Number(found.takenAt) } : { kind: 'other' };
  }

  /**
   * Claims an id under which nothing was taken yet, for the same request once more; false: one is being dealt with.
   * @param patience milliseconds after which that one is given up, as its process may have ended
   */
  async reclaim(slot: string, patience: number): Promise<boolean> {
    const t = this.t();
    const now = this.clock();
    const changed = await t.change(
      `UPDATE ${t.name} SET ${t.column('claim')} = $1, ${t.column('claimedAt')} = $2` +
        ` WHERE ${t.column('slot')} = $3 AND ${t.column('takenAt')} = 0 AND ${t.column('claimedAt')} <= $4`,
      [randomUUID(), now, slot, now - patience],
      null,
    );
    return changed === 1;
  }

  /** Keeps what became of the request: taken for good, or to be sent again. */
  async settle(slot: string, taken: boolean): Promise<void> {
    const t = this.t();
    const column = taken ? t.column('takenAt') : t.column('claimedAt');
    const sql = `UPDATE ${t.name} SET ${column} = $1 WHERE ${t.column('slot')} = $2 AND ${t.column('takenAt')} = 0`;
    const settle = () => t.change(sql, [taken ? this.clock() : 0, slot], null);
    await settle().catch((error: unknown) => again(error, settle));
  }

  /** Once in an hour is enough: a row past its time does nothing. */
  private async purge(now: number): Promise<void> {
    if (now - this.purgedAt >= HOUR_MS) {
      this.purgedAt = now;
      const t = this.t();
      await t.change(`DELETE FROM ${t.name} WHERE ${t.column('expiresAt')} < $1`, [now], null);
    }
  }

  private t(): SqlTable {
    const { db } = this.source;
    if (this.table?.db !== db) {
      this.table = new SqlTable(db, db.getCollection(COLLECTION));
    }
    return this.table;
  }
}

/** What one connection doesn't answer is done over another. */
async function again<T>(error: unknown, work: () => Promise<T>): Promise<T> {
  if (!isSilence(error)) {
    throw error;
  }
  return work();
}
