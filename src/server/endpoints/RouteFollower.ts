import type { Transaction } from '@nocobase/database';
import type { WorkflowModel } from '@nocobase/plugin-workflow';
import { Repeater } from '../deliveries/concurrency/Repeater';
import { Semaphore } from '../deliveries/concurrency/Semaphore';
import { within } from '../deliveries/concurrency/within';
import type { Endpoint } from './Endpoint';
import type { RouteRows } from './RouteRows';
import type { RouteTable } from './RouteTable';

/** How often the database is asked whether anything changed, in milliseconds. */
const POLL_MS = 1_000;

/** So long the database is waited for, in milliseconds: the connection that it was asked over may have fallen silent. */
const ANSWER_MS = 20_000;

/** So many workflows are read at once. */
const BATCH = 500;

export interface RouteFollowerParts {
  routes: RouteTable;
  rows: Pick<RouteRows, 'fingerprint' | 'stamps'>;
  /** The enabled versions of these workflow keys. */
  read(keys: readonly string[]): Promise<WorkflowModel[]>;
  /** Works a webhook's endpoint out; null: its configuration can't be used, and that is said. */
  compile(workflow: WorkflowModel): Endpoint | null;
  onError(error: unknown): void;
}

/**
 * Keeps the routes in step with the table of them that every enabled webhook is published in: after every save here, and
 * once a second whoever saved. What the engine tells of (before a save is committed, if it comes to that; on other
 * instances not at all without an adapter) is a hint to look. So one version takes the other's place with no moment
 * in between without either, and a save that is undone changes nothing.
 */
export class RouteFollower {
  /** The stamps of what was followed last, by workflow key. */
  private followed = new Map<string, string>();
  private fingerprint: string | null = null;
  private isHinted = false;
  private isStopped = false;
  private readonly mutex = new Semaphore(1);
  private readonly poll: Repeater;

  constructor(private readonly parts: RouteFollowerParts) {
    this.poll = new Repeater(POLL_MS, () => this.look(), parts.onError);
  }

  /** Follows from here on; the routes are there once this resolves. */
  async start(): Promise<void> {
    this.poll.start();
    await this.follow();
  }

  /** The routes stay what they are: who calls meanwhile is told to come again, and not that there is nothing. */
  stop(): void {
    this.isStopped = true;
    this.poll.stop();
  }

  /** Something may have changed, or will when a transaction ends. */
  hint(): void {
    if (!this.isHinted) {
      this.isHinted = true;
      setImmediate(() => void this.look().catch(this.parts.onError));
    }
  }

  /** A webhook is being saved or deleted: the routes are in step before whoever does that hears that it is done. */
  async saved(transaction?: Transaction | null): Promise<void> {
    if (transaction) {
      outermost(transaction).afterCommit(() => this.follow());
    } else {
      await this.follow();
    }
  }

  /** Brings the routes in step. Never rejects: what can't be asked now is asked again in a second. */
  private async follow(): Promise<void> {
    this.fingerprint = null;
    await this.look().catch(this.parts.onError);
  }

  private look(): Promise<void> {
    return this.mutex.run(async () => {
      this.isHinted = false;
      if (this.isStopped) {
        return;
      }
      // Before the rest: what changes in between is seen at the next look.
      const fingerprint = await answered(this.parts.rows.fingerprint());
      if (fingerprint !== this.fingerprint) {
        await this.bringInStep();
        this.fingerprint = fingerprint;
      }
    });
  }

  private async bringInStep(): Promise<void> {
    const { routes, rows, read, compile } = this.parts;
    const stamps = await answered(rows.stamps());
    const changed = [...stamps].flatMap(([key, stamp]) => (this.followed.get(key) === stamp ? [] : key));
    const compiled = new Map<string, Endpoint | null>(changed.map((key) => [key, null]));
    for (let offset = 0; offset < changed.length; offset += BATCH) {
      for (const workflow of await answered(read(changed.slice(offset, offset + BATCH)))) {
        compiled.set(workflow.key, compile(workflow));
      }
    }
    // From here on nothing is waited for: no request comes in between.
    for (const { key } of [...routes.endpoints()]) {
      if (!stamps.has(key)) {
        routes.removeKey(key);
      }
    }
    for (const [key, endpoint] of compiled) {
      if (endpoint) {
        routes.add(endpoint);
      } else {
        routes.removeKey(key);
      }
    }
    this.followed = stamps;
  }
}

/** The one that commits: what a part of it ends in can be undone still. */
function outermost(transaction: Transaction): Transaction {
  const { parent } = transaction as Transaction & { parent?: Transaction };
  return parent ? outermost(parent) : transaction;
}

function answered<T>(question: Promise<T>): Promise<T> {
  return within(ANSWER_MS, question, () => new Error(`the database did not answer within ${ANSWER_MS} ms`));
}
