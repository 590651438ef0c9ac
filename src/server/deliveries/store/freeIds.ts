import { isUniqueError } from './databaseErrors';
import type { ExecutionStore } from './ExecutionStore';

/** How often executions are given other ids at once, where theirs are taken. */
const MAX_RENUMBERINGS = 5;

/** An execution that is to be inserted. */
export interface Numbered {
  readonly execution: { readonly id: number };
  /** Gives it another id. */
  renumber(): void;
}

/**
 * Writes new executions; those whose ids others have are given other ones first. Instances draw ids by themselves, of a
 * clock that may be set back: two can draw the same.
 * @param write inserts them all, or none; rejects with what the database says
 */
export async function withFreeIds<T>(
  store: Pick<ExecutionStore, 'taken'>,
  numbered: readonly Numbered[],
  write: () => Promise<T>,
): Promise<T> {
  for (let renumberings = 0; ; renumberings++) {
    try {
      return await write();
    } catch (error) {
      if (!isUniqueError(error) || renumberings >= MAX_RENUMBERINGS) {
        throw error;
      }
      const taken = await store.taken(numbered.map(({ execution }) => execution.id));
      const affected = numbered.filter(({ execution }) => taken.has(execution.id));
      if (affected.length === 0) {
        throw error;
      }
      affected.forEach((one) => one.renumber());
    }
  }
}
