import type { Transaction } from '@nocobase/database';
import type { WorkflowModel } from '@nocobase/plugin-workflow';
import type { Application } from '@nocobase/server';
import { TRIGGER_TYPE } from '../../common/plugin';
import type { Sealer } from '../secrets/Sealer';
import { compileEndpoint, type Endpoint } from './Endpoint';
import { RouteFollower } from './RouteFollower';
import { RouteRows } from './RouteRows';
import type { RouteTable } from './RouteTable';

interface SaveOptions {
  transaction?: Transaction | null;
}

/** Lets the routes of an app follow its enabled webhooks, from the start of the app to its end. */
export function followRoutes(app: Application, routes: RouteTable, sealer: Sealer): RouteFollower {
  const { db, logger: log } = app;
  const follower = new RouteFollower({
    routes,
    rows: new RouteRows(db),
    read: (keys) =>
      db.getRepository('workflows').find({
        filter: { 'key.$in': [...keys], type: TRIGGER_TYPE, enabled: true },
        sort: ['id'],
      }),
    compile: (workflow) => compile(workflow, sealer, log),
    onError: (error) => log.warn('the enabled webhooks could not be looked at; trying again', { error }),
  });
  const isOurs = ({ type }: WorkflowModel) => type === TRIGGER_TYPE;
  const one = async (workflow: WorkflowModel, { transaction }: SaveOptions) => {
    if (isOurs(workflow) || workflow.previous('type') === TRIGGER_TYPE) {
      await follower.saved(transaction);
    }
  };
  const many = ({ transaction }: SaveOptions) => follower.saved(transaction);
  db.on('workflows.afterSave', one);
  db.on('workflows.afterDestroy', one);
  db.on('workflows.afterBulkUpdate', many);
  db.on('workflows.afterBulkCreate', (_rows: unknown, options: SaveOptions) => many(options));
  db.on('workflows.afterBulkDestroy', many);
  app.on('beforeStop', () => follower.stop());
  return follower;
}

function compile(workflow: WorkflowModel, sealer: Sealer, log: Application['logger']): Endpoint | null {
  try {
    const endpoint = compileEndpoint(workflow, sealer);
    if (endpoint.unreadableSecrets.length > 0) {
      log.warn(`webhook of workflow ${workflow.id} has secrets that are unreadable`);
    }
    return endpoint;
  } catch (error) {
    log.error(`webhook of workflow ${workflow.id} has no route: its configuration can't be used`, { error });
    return null;
  }
}
