import { useCallback, useEffect, useRef, useState } from 'react';
import type { ReplayJob } from '../../common/deliveriesApi';
import { useDeliveriesApi } from './useDeliveriesApi';

/** How often is asked how far it has come, in milliseconds. */
const POLL_MS = 1_000;

/** A replay of many: starts it, and follows it to its end. */
export function useReplayJob(onDone: () => void): {
  /** null: none was started yet. */
  job: ReplayJob | null;
  start: (filter: Record<string, unknown>) => Promise<void>;
  stop: () => Promise<void>;
} {
  const api = useDeliveriesApi();
  const [job, setJob] = useState<ReplayJob | null>(null);
  const done = useRef(onDone);
  useEffect(() => {
    done.current = onDone;
  }, [onDone]);
  const id = job?.status === 'running' ? job.id : null;

  useEffect(() => {
    if (id === null) {
      return undefined;
    }
    const timer = setInterval(() => {
      api
        .replayProgress(id)
        .then((progress) => {
          setJob(progress);
          if (progress.status !== 'running') {
            done.current();
          }
        })
        .catch(() => undefined);
    }, POLL_MS);
    return () => clearInterval(timer);
  }, [api, id]);

  const start = useCallback(
    (filter: Record<string, unknown>) => api.replayMany(filter).then(setJob, () => undefined),
    [api],
  );
  const stop = useCallback(
    async () => (id === null ? undefined : api.stopReplay(id).then(setJob, () => undefined)),
    [api, id],
  );
  return { job, start, stop };
}
