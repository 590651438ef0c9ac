import { Op, type Database, type Transaction } from '@nocobase/database';
import type { WorkflowModel } from '@nocobase/plugin-workflow';
import { TRIGGER_TYPE } from '../../common/plugin';
import { writeTransaction } from '../writeTransaction';
import { PathConflictError } from './PathConflictError';
import { RouteRows } from './RouteRows';
import { isFirst, routesOf, type Route, type WebhookVersion } from './routes';

/** Rows written in one statement where many are missing. */
const FILL_BATCH = 500;

/** What becomes of a version that the database doesn't hold as it will be; `version` null: it will not be enabled. */
export interface Change {
  id: number | string;
  version: WebhookVersion | null;
}

/**
 * Keeps the rows that say which webhook has which URL. Each is unique, and written in the transaction that enables
 * the webhook: of two that want the same at the same instant, on whichever instance, one waits for the other and is
 * then refused.
 */
export class RouteClaims {
  private readonly rows: RouteRows;

  constructor(private readonly db: Database) {
    this.rows = new RouteRows(db);
  }

  /**
   * Brings the rows of one workflow key in step with its enabled version.
   * @param change the version that is being saved or deleted; null: the database says all
   * @param transaction the one in which that happens; none: one of its own
   * Throws {@link PathConflictError}.
   */
  async settle(key: string, change: Change | null, transaction?: Transaction | null): Promise<void> {
    if (!transaction) {
      return this.db.sequelize.transaction(writeTransaction(this.db), (own) => this.settle(key, change, own));
    }
    const wanted = new Map((change?.version ? routesOf(change.version) : []).map((route) => [route.id, route]));
    const held = (await this.rows.list(key, transaction)).map(({ id }) => id);
    const inDoubt = held.filter((id) => !wanted.has(id));
    if (!change || inDoubt.length > 0) {
      // Locked before it is asked who may have them: another transaction may be enabling another version.
      await this.rows.locked(inDoubt, 'UPDATE', transaction);
      for (const version of await this.enabledVersions(key, transaction, change?.id)) {
        routesOf(version).forEach((route) => wanted.set(route.id, route));
      }
      const surplus = inDoubt.filter((id) => !wanted.has(id));
      await this.rows.remove(surplus, key, transaction);
    }
    const missing = [...wanted.values()].filter(({ id }) => !held.includes(id));
    // Keys first: who loses a path keeps, on MariaDB, the gap before its row locked, and would wait for another one
    // that lost if it still had rows to write there.
    for (const isKey of [true, false]) {
      await this.take(
        key,
        missing.filter((route) => route.isKey === isKey),
        transaction,
      );
    }
  }

  /** Notes that an enabled webhook was saved: every instance has to look at it again. */
  async publish(version: WebhookVersion, transaction?: Transaction | null): Promise<void> {
    const first = routesOf(version).find(isFirst);
    if (first) {
      await this.rows.restamp(first, version.key, transaction);
    }
  }

  /** The same for every key whose rows don't say what its enabled version does. Throws {@link PathConflictError}. */
  async settleAll(transaction?: Transaction | null): Promise<void> {
    for (const key of await this.outOfStep(transaction)) {
      await this.settle(key, null, transaction);
    }
  }

  /**
   * The keys whose rows are not what they should be: first those of which no version is enabled, then the rest in the
   * order in which they were made.
   */
  async outOfStep(transaction?: Transaction | null): Promise<string[]> {
    const { held, wanted } = await this.survey(transaction);
    const orphaned = [...held.keys()].filter((key) => !wanted.has(key));
    const differing = [...wanted].filter(([key, routes]) => !areEqual(routes, held.get(key) ?? new Set()));
    return [...orphaned, ...differing.map(([key]) => key)];
  }

  /**
   * Writes the rows that nobody has and one key alone wants, many at once: after the first start with thousands of
   * webhooks, all of them. What else is out of step is left to {@link settle}.
   */
  async fill(): Promise<void> {
    const { held, wanted } = await this.survey();
    const isHeld = new Set([...held.values()].flatMap((ids) => [...ids]));
    const wishes = [...wanted].flatMap(([key, routes]) => [...routes.values()].map((route) => ({ key, route })));
    const times = new Map<string, number>();
    wishes.forEach(({ route: { id } }) => times.set(id, (times.get(id) ?? 0) + 1));
    const free = wishes.filter(({ route: { id } }) => times.get(id) === 1 && !isHeld.has(id));
    for (let at = 0; at < free.length; at += FILL_BATCH) {
      await this.rows.add(free.slice(at, at + FILL_BATCH));
    }
  }

  private async survey(
    transaction?: Transaction | null,
  ): Promise<{ held: Map<string, Set<string>>; wanted: Map<string, Map<string, Route>> }> {
    // Rows first: of a webhook that is enabled in between there is then no row without its workflow.
    const held = new Map<string, Set<string>>();
    for (const { id, key } of await this.rows.list(null, transaction)) {
      held.set(key, (held.get(key) ?? new Set()).add(id));
    }
    const wanted = new Map<string, Map<string, Route>>();
    for (const version of await this.enabledVersions(null, transaction)) {
      const routes = wanted.get(version.key) ?? new Map<string, Route>();
      routesOf(version).forEach((route) => routes.set(route.id, route));
      wanted.set(version.key, routes);
    }
    return { held, wanted };
  }

  private async take(key: string, routes: readonly Route[], transaction: Transaction): Promise<void> {
    if (routes.length === 0) {
      return;
    }
    await this.rows.add(
      routes.map((route) => ({ key, route })),
      transaction,
    );
    const ids = routes.map(({ id }) => id);
    const taken = (await this.rows.locked(ids, 'SHARE', transaction)).filter((row) => row.key !== key);
    for (const holder of new Set(taken.map((row) => row.key))) {
      const theirs = taken.filter((row) => row.key === holder).map(({ id }) => id);
      const wanted = routes.filter(({ id }) => theirs.includes(id));
      await this.takeOver(key, holder, wanted, transaction);
    }
  }

  /**
   * Rows of another key: refused where an enabled webhook of that key has them. What was left behind (by a statement
   * that goes past NocoBase's models) blocks nobody.
   */
  private async takeOver(key: string, holder: string, routes: Route[], transaction: Transaction): Promise<void> {
    await this.refuseIfEntitled(holder, routes, transaction);
    const ids = routes.map(({ id }) => id);
    await this.rows.give(ids, holder, key, transaction);
    // It may have been enabled until those rows were locked.
    await this.refuseIfEntitled(holder, routes, transaction);
  }

  private async refuseIfEntitled(holder: string, routes: Route[], transaction: Transaction): Promise<void> {
    for (const version of await this.enabledVersions(holder, transaction)) {
      const theirs = new Set(routesOf(version).map(({ id }) => id));
      const shared = routes.filter(({ id }) => theirs.has(id));
      if (shared.length > 0) {
        throw new PathConflictError(version, shared);
      }
    }
  }

  /** Of one key, locked as they are now; null: of all, oldest first. */
  private async enabledVersions(
    key: string | null,
    transaction?: Transaction | null,
    except?: number | string,
  ): Promise<WebhookVersion[]> {
    const found = await this.db.getModel<WorkflowModel>('workflows').findAll({
      where: {
        type: TRIGGER_TYPE,
        enabled: true,
        ...(key === null ? {} : { key }),
        ...(except === undefined ? {} : { id: { [Op.ne]: except } }),
      },
      attributes: ['id', 'key', 'title', 'config'],
      order: [['id', 'ASC']],
      transaction,
      ...(key !== null && transaction ? { lock: transaction.LOCK.SHARE } : {}),
    });
    return found.map(({ key: own, title, config }) => ({ key: own, title, config }));
  }
}

function areEqual(routes: ReadonlyMap<string, Route>, ids: ReadonlySet<string>): boolean {
  return routes.size === ids.size && [...ids].every((id) => routes.has(id));
}
