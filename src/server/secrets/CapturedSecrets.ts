import { randomUUID } from 'node:crypto';
import { Op, type Model, type ModelStatic, type Transaction } from '@nocobase/database';
import type { Application } from '@nocobase/server';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { secretUse } from '../../common/secretUse';
import { CAPTURED_SECRETS, MAX_CONFIRMED, SHOWN_FOR, type CapturedSecret } from '../../common/capturedSecrets';
import { WebhookError } from '../../common/errors';
import { envReference, type SecretEntry } from '../../common/secrets';
import { isUniqueError } from '../deliveries/store/databaseErrors';
import type { Endpoint } from '../endpoints/Endpoint';
import { sourceOf } from '../net/sourceOf';
import { writeTransaction } from '../writeTransaction';
import { makeRoom } from './makeRoom';
import type { Sealer, SecretPlace } from './Sealer';
import { because } from '../../common/reasons/reason';

/** Handshakes that are written down in a minute: of one address, and of all of them, to one webhook. */
const RATE = { duration: 60, perSource: 10, perWebhook: 120 };

/** How long one waits for another handshake, or change, of the same webhook, and how long one may take; milliseconds. */
const LOCK = { wait: 5_000, held: 30_000 };

/** Longest secret that is taken, in characters. */
const MAX_SECRET = 2_000;

interface Row {
  id: string;
  key: string;
  use: string;
  sealed: string;
  ip: string;
  capturedAt: number;
  confirmedAt: number | null;
  replaced: number;
}

/** Why a captured secret can't be confirmed. */
export class TooManyConfirmedError extends Error {}

/**
 * The secrets that services hand over in their handshakes. Anyone can send one, so it verifies nothing until a maker has
 * confirmed it. In a table of their own, which no client can write, by workflow key: a version that has run can't be
 * changed any more. The confirmed ones are held in memory as well, as every call needs them.
 */
export class CapturedSecrets {
  private confirmed = new Map<string, { use: string; entry: SecretEntry }[]>();
  private readonly perSource = new RateLimiterMemory({ points: RATE.perSource, duration: RATE.duration });
  private readonly perWebhook = new RateLimiterMemory({ points: RATE.perWebhook, duration: RATE.duration });

  /** @param announce tells the other instances that the confirmed ones of a webhook have changed */
  constructor(
    private readonly app: Application,
    private readonly sealer: Sealer,
    private readonly announce: (key: string) => Promise<void>,
  ) {}

  /** The confirmed ones, as they count beside the configured ones. */
  confirmedFor({ key, auth }: Pick<Endpoint, 'key' | 'auth'>): SecretEntry[] {
    const entries = this.confirmed.get(key);
    if (!entries) {
      return [];
    }
    const use = JSON.stringify(secretUse(auth));
    return entries.filter((found) => found.use === use).map(({ entry }) => entry);
  }

  /** Reads the confirmed ones from the database: of all webhooks at the start, of one where it changed. */
  async load(key?: string): Promise<void> {
    const rows = await this.rows({ confirmedAt: { [Op.ne]: null }, ...(key !== undefined && { key }) });
    const found = key === undefined ? new Map<string, { use: string; entry: SecretEntry }[]>() : this.confirmed;
    if (key !== undefined) {
      found.delete(key);
    }
    for (const row of rows) {
      const value = this.sealer.open(row.sealed, placeOf(row));
      if (value !== null) {
        found.set(row.key, [...(found.get(row.key) ?? []), { use: row.use, entry: { name: 'captured', value } }]);
      }
    }
    this.confirmed = found;
  }

  /**
   * Keeps what a handshake brought, unconfirmed, in the place of another one where there is no room.
   * Throws a {@link WebhookError} where it can't be kept: too many come, or at once, or it can't be a secret.
   */
  async capture({ key, auth }: Endpoint, secret: string, ip: string): Promise<void> {
    if (secret.trim() === '' || secret.length > MAX_SECRET || envReference(secret) !== null) {
      throw new WebhookError('UNVERIFIED', { reason: because('CAPTURED_SECRET_UNFIT') });
    }
    await this.limitRate(key, ip);
    const use = JSON.stringify(secretUse(auth));
    const keep = (transaction: Transaction) => this.keep({ key, use, ip: ip.slice(0, 64) }, secret, transaction);
    await this.exclusively(key, keep).catch((error: unknown) => {
      // The same came to another instance at the same instant, and no adapter makes NocoBase's locks hold there.
      if (!isUniqueError(error)) {
        throw error;
      }
    });
  }

  /** All of a webhook, newest first, in clear for a day. */
  async list(key: string): Promise<CapturedSecret[]> {
    const rows = await this.rows({ key });
    return rows
      .sort((a, b) => b.capturedAt - a.capturedAt)
      .map((row) => ({
        id: row.id,
        capturedAt: new Date(row.capturedAt).toISOString(),
        ip: row.ip,
        confirmedAt: row.confirmedAt === null ? null : new Date(row.confirmedAt).toISOString(),
        replaced: row.replaced,
        secret: Date.now() - row.capturedAt < SHOWN_FOR ? this.sealer.open(row.sealed, placeOf(row)) : null,
        use: JSON.parse(row.use) as string[],
      }));
  }

  /** From now on it verifies calls. False: it isn't there. Throws {@link TooManyConfirmedError}. */
  async confirm(id: string): Promise<boolean> {
    return this.change(id, async (row, transaction) => {
      const others = await this.rows({ key: row.key }, transaction);
      if (others.filter((other) => other.confirmedAt !== null && other.id !== id).length >= MAX_CONFIRMED) {
        throw new TooManyConfirmedError(`At most ${MAX_CONFIRMED} secrets of a webhook can be confirmed.`);
      }
      await this.model.update(
        { confirmedAt: Date.now() },
        { where: { id, confirmedAt: null }, transaction, hooks: false },
      );
    });
  }

  /** Takes one away, confirmed or not. False: it isn't there. */
  async discard(id: string): Promise<boolean> {
    return this.change(id, async (_row, transaction) => {
      await this.model.destroy({ where: { id }, transaction, hooks: false });
    });
  }

  /** Takes all of a workflow that is being deleted away; what is undone with the transaction stays as it was. */
  async discardAll(key: string, transaction?: Transaction | null): Promise<void> {
    await this.model.destroy({ where: { key }, transaction, hooks: false });
    if (transaction) {
      transaction.afterCommit(() => this.reload(key));
    } else {
      await this.reload(key);
    }
  }

  private async change(id: string, act: (row: Row, transaction: Transaction) => Promise<void>): Promise<boolean> {
    const [found] = await this.rows({ id });
    if (!found) {
      return false;
    }
    const isDone = await this.exclusively(found.key, async (transaction) => {
      // It may have made room for another one until here.
      const [row] = await this.rows({ id }, transaction);
      if (row) {
        await act(row, transaction);
      }
      return row !== undefined;
    });
    await this.reload(found.key);
    return isDone;
  }

  /** One at a time of a webhook. Throws `OVERLOADED` where too many are at it. */
  private async exclusively<T>(key: string, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const { db, lockManager } = this.app;
    const lock = await lockManager.tryAcquire(`webhook:capture:${key}`, LOCK.wait).catch((cause: unknown) => {
      throw new WebhookError('OVERLOADED', {
        reason: because('NOT_TAKEN_NOW', { detail: 'handshakes' }),
        cause,
        headers: { 'retry-after': '5' },
      });
    });
    return lock.runExclusive(() => db.sequelize.transaction(writeTransaction(db), work), LOCK.held);
  }

  /** Here and on the other instances. */
  private async reload(key: string): Promise<void> {
    await this.load(key);
    await this.announce(key);
  }

  private async keep(where: Pick<Row, 'key' | 'use' | 'ip'>, secret: string, transaction: Transaction): Promise<void> {
    const id = randomUUID();
    const fingerprint = this.sealer.fingerprint(secret, { key: where.key, use: useOf(where), field: 'captured' });
    const options = { transaction, hooks: false };
    const capturedAt = Date.now();
    const [again] = await this.rows({ fingerprint }, transaction);
    if (again) {
      // The same once more: nobody else knows it. When it was confirmed, there is nothing to wait for.
      await this.model.update({ capturedAt, ip: where.ip }, { where: { fingerprint, confirmedAt: null }, ...options });
      return;
    }
    const waiting = (await this.rows({ key: where.key, confirmedAt: null }, transaction)).filter(
      ({ use }) => use === where.use,
    );
    const room = makeRoom(waiting, where.ip, capturedAt);
    if (room) {
      await this.model.destroy({ where: { id: room.id }, ...options });
    }
    const sealed = this.sealer.seal(secret, placeOf({ id, ...where }));
    const replaced = room ? room.replaced + 1 : 0;
    await this.model.create({ id, ...where, sealed, fingerprint, capturedAt, replaced }, options);
  }

  private async limitRate(key: string, ip: string): Promise<void> {
    try {
      // Who is turned away for himself takes nothing of what others may.
      await this.perSource.consume(`${sourceOf(ip)} ${key}`);
      await this.perWebhook.consume(key);
    } catch (refused) {
      throw refused instanceof RateLimiterRes ? tooMany(refused.msBeforeNext / 1000) : refused;
    }
  }

  private async rows(where: Record<string, unknown>, transaction?: Transaction): Promise<Row[]> {
    const found = await this.model.findAll({ where, transaction });
    return found.map((row) => {
      const { capturedAt, confirmedAt, ...rest } = row.get() as Row;
      // Some databases give a large integer as text.
      return {
        ...rest,
        capturedAt: Number(capturedAt),
        confirmedAt: (confirmedAt ?? null) === null ? null : Number(confirmedAt),
      };
    });
  }

  private get model(): ModelStatic<Model> {
    return this.app.db.getCollection(CAPTURED_SECRETS).model;
  }
}

function placeOf(row: Pick<Row, 'id' | 'key' | 'use'>): SecretPlace {
  return { key: row.key, use: useOf(row), field: `captured.${row.id}` };
}

function useOf({ use }: Pick<Row, 'use'>): string[] {
  return JSON.parse(use) as string[];
}

function tooMany(seconds: number): WebhookError {
  const reason = because('NOT_TAKEN_NOW', { detail: 'handshakes' });
  return new WebhookError('RATE_LIMITED', { reason, headers: { 'retry-after': String(Math.ceil(seconds)) } });
}
