import type { Application } from '@nocobase/server';

/** What an app has to do first of all before it stops. */
const firstOf = new WeakMap<Application, () => Promise<void>>();

/**
 * Does something before an app stops, ahead of every other listener; once. NocoBase takes away on a reload what was added
 * with `on`, but not what was put in front: so what an earlier load of the plugin put there goes here.
 */
export function beforeStop(app: Application, work: () => Promise<void>): void {
  const earlier = firstOf.get(app);
  if (earlier) {
    app.removeListener('beforeStop', earlier);
  }
  const listener = async () => {
    app.removeListener('beforeStop', listener);
    await work();
  };
  firstOf.set(app, listener);
  app.prependListener('beforeStop', listener);
}
