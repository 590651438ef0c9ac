import { randomInt } from 'node:crypto';
import { Op, type Database, type Transaction } from '@nocobase/database';
import { isFirst, type Route } from './routes';

export const ROUTES_COLLECTION = 'webhookRoutes';

/** Which webhook has a route. */
export interface RouteRow {
  id: string;
  /** The workflow key. */
  key: string;
}

/**
 * The rows of `webhookRoutes`. What locks any asks for them one by one, by primary key: for several at once MariaDB may
 * read, and so lock, a whole index, rows of others included.
 */
export class RouteRows {
  constructor(private readonly db: Database) {}

  /** Those of one key as this transaction sees them; null: all. Nothing is locked. */
  async list(key: string | null, transaction?: Transaction | null): Promise<RouteRow[]> {
    const where = key === null ? {} : { key };
    const found = await this.model.findAll({ where, attributes: ['id', 'key'], raw: true, transaction });
    return found as unknown as RouteRow[];
  }

  /** Those with these ids as they are now, locked until the transaction ends; what isn't there is left out. */
  async locked(ids: readonly string[], lock: 'UPDATE' | 'SHARE', transaction: Transaction): Promise<RouteRow[]> {
    const rows: RouteRow[] = [];
    for (const id of ids) {
      const row = await this.model.findOne({
        where: { id },
        attributes: ['id', 'key'],
        raw: true,
        transaction,
        lock: transaction.LOCK[lock],
      });
      if (row) {
        rows.push(row as unknown as RouteRow);
      }
    }
    return rows;
  }

  /** Adds those that nobody has. One that another transaction has just written is waited for, until that one ends. */
  async add(claims: readonly { key: string; route: Route }[], transaction?: Transaction): Promise<void> {
    const rows = claims.map(({ key, route }) => {
      const { id, method, path } = route;
      return { id, key, method, path, stamp: isFirst(route) ? newStamp() : null };
    });
    await this.model.bulkCreate(rows, { ignoreDuplicates: true, transaction });
  }

  /** Notes that a webhook was saved. */
  async restamp({ id }: Route, key: string, transaction?: Transaction | null): Promise<void> {
    await this.model.update({ stamp: newStamp() }, { where: { id, key }, transaction });
  }

  /** One text for all that is published: the same as long as nothing was saved, and cheap to ask for. */
  async fingerprint(): Promise<string> {
    const { sequelize } = this.db;
    const stamp = sequelize.getQueryInterface().quoteIdentifier('stamp');
    const [found] = await this.model.findAll({
      attributes: [
        [sequelize.literal(`COUNT(${stamp})`), 'count'],
        [sequelize.literal(`SUM(${stamp})`), 'sum'],
      ],
      raw: true,
    });
    return JSON.stringify(found);
  }

  /** Every published webhook's stamp, by its workflow key. */
  async stamps(): Promise<Map<string, string>> {
    const where = { stamp: { [Op.ne]: null } };
    const found = await this.model.findAll({ where, attributes: ['key', 'stamp'], raw: true });
    const rows = found as unknown as { key: string; stamp: number | string }[];
    return new Map(rows.map(({ key, stamp }) => [key, String(stamp)]));
  }

  async remove(ids: readonly string[], key: string, transaction: Transaction): Promise<void> {
    for (const id of ids) {
      await this.model.destroy({ where: { id, key }, transaction });
    }
  }

  async give(ids: readonly string[], from: string, to: string, transaction: Transaction): Promise<void> {
    for (const id of ids) {
      await this.model.update({ key: to }, { where: { id, key: from }, transaction });
    }
  }

  private get model() {
    return this.db.getCollection(ROUTES_COLLECTION).model;
  }
}

/** The sum of them must not grow beyond what the databases count exactly. */
function newStamp(): number {
  return randomInt(2 ** 40);
}
