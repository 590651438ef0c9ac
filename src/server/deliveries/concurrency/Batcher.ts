import { isConnectionError } from './databaseErrors';

interface Entry<T, R> {
  item: T;
  resolve(result: R): void;
  reject(error: unknown): void;
}

/**
 * Writes what comes while one write is under way with the next one; a lone item waits for nobody. Where a write fails,
 * its items are written one by one, so that a bad one fails alone; where the database is away, all of them fail.
 */
export class Batcher<T, R> {
  private readonly waiting: Entry<T, R>[] = [];
  private working = false;

  /**
   * @param write takes one item or more; its result is that of each
   * @param max one write takes at most so many
   */
  constructor(
    private readonly write: (items: readonly T[]) => Promise<R>,
    private readonly max: number,
  ) {}

  /** Resolves once the item is written, rejects where it can't be. */
  add(item: T): Promise<R> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      void this.work();
    });
  }

  private async work(): Promise<void> {
    if (this.working) {
      return;
    }
    this.working = true;
    while (this.waiting.length > 0) {
      await this.writeGroup(this.waiting.splice(0, this.max));
    }
    this.working = false;
  }

  private async writeGroup(group: readonly Entry<T, R>[]): Promise<void> {
    try {
      const result = await this.write(group.map(({ item }) => item));
      group.forEach(({ resolve }) => resolve(result));
    } catch (error) {
      if (group.length === 1 || isConnectionError(error)) {
        group.forEach(({ reject }) => reject(error));
        return;
      }
      for (const entry of group) {
        await this.writeGroup([entry]);
      }
    }
  }
}
