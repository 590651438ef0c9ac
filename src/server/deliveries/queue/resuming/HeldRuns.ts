import type { ReadyRun, WokenRun } from '../../model/run';

/** What a run that isn't over does: it executes nodes, waits for an answer to a call of its own, or is to be tried again. */
type Doing = 'running' | 'calling' | 'broken';

interface Held {
  key: string;
  executionId: number | string | null;
  orderKey: string | null;
  /** Whether it may be tried again where it fails, as far as known. */
  mayComeAgain: boolean;
  doing: Doing;
  /** Whether it has one of its webhook's places. */
  hasPlace: boolean;
  /** What it goes on from once it stands still. */
  woken: WokenRun[];
  /** How many such are being saved. */
  waking: number;
}

/** The runs that go on from here whatever happens, by delivery: they execute nodes, or wait for a call of their own. */
export class HeldRuns {
  private readonly runs = new Map<string, Held>();

  /** A run executes nodes from here on; one that is known keeps the place that it has. */
  begin(run: ReadyRun, executionId: number | string | null, takesPlace: boolean): void {
    const { id, key, orderKey, isRetried = true } = run;
    const held = this.runs.get(id);
    if (held) {
      held.doing = 'running';
      held.hasPlace ||= takesPlace;
    } else {
      const what = { key, executionId, orderKey, mayComeAgain: isRetried };
      this.runs.set(id, { ...what, doing: 'running', hasPlace: takesPlace, woken: [], waking: 0 });
    }
  }

  has(id: string): boolean {
    return this.runs.has(id);
  }

  /** Whether a run has one of its webhook's places. */
  hasPlace(id: string): boolean {
    return this.runs.get(id)?.hasPlace ?? false;
  }

  /** Whether a run may be tried again where it fails, whatever its webhook says by now. */
  mayComeAgain(id: string): boolean {
    return this.runs.get(id)?.mayComeAgain ?? false;
  }

  /** A run stands still; what it goes on from, where that is there already. */
  pause(id: string, doing: Exclude<Doing, 'running'>): WokenRun | null {
    const held = this.runs.get(id);
    if (!held) {
      return null;
    }
    held.doing = doing;
    return this.next(held);
  }

  /** Whether something is there, or on its way, from which a run goes on. */
  isWaking(id: string): boolean {
    const held = this.runs.get(id);
    return held !== undefined && held.woken.length + held.waking > 0;
  }

  /** What a run waits for is about to be saved, by `save`; what it goes on from, where it stands still. */
  async wake(run: WokenRun, save: () => Promise<unknown>): Promise<WokenRun | null> {
    const held = this.runs.get(run.id);
    if (!held) {
      throw new Error(`delivery ${run.id} doesn't run here`);
    }
    held.waking++;
    try {
      await save();
    } finally {
      held.waking--;
    }
    if (this.runs.get(run.id) !== held) {
      return null;
    }
    held.woken.push({ ...run, orderKey: held.orderKey });
    return this.next(held);
  }

  /** It is over, or nobody's turn is held up by it any more. Whether it had a place. */
  end(id: string): boolean {
    const hadPlace = this.hasPlace(id);
    this.runs.delete(id);
    return hadPlace;
  }

  /** Ends a run that isn't executing nodes just now; its webhook's key, if it had a place. */
  endIdle(id: string): string | null {
    const held = this.runs.get(id);
    if (!held || held.doing === 'running' || held.woken.length + held.waking > 0) {
      return null;
    }
    return this.end(id) ? held.key : null;
  }

  /** The runs that wait for an answer to a call of their own, and their executions. */
  calling(): { id: string; executionId: number | string }[] {
    return [...this.runs].flatMap(([id, { doing, executionId, woken, waking }]) =>
      doing === 'calling' && executionId !== null && woken.length + waking === 0 ? { id, executionId } : [],
    );
  }

  /** The executions of runs that execute nodes here. */
  running(): (number | string)[] {
    return [...this.runs.values()].flatMap(({ doing, executionId }) =>
      doing === 'running' && executionId !== null ? [executionId] : [],
    );
  }

  private next(held: Held): WokenRun | null {
    const run = held.doing === 'calling' ? (held.woken.shift() ?? null) : null;
    if (run) {
      held.doing = 'running';
    }
    return run;
  }
}
