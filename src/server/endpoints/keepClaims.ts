import { setTimeout as delay } from 'node:timers/promises';
import type { Database, Transaction } from '@nocobase/database';
import type { WorkflowModel } from '@nocobase/plugin-workflow';
import type { Application } from '@nocobase/server';
import { TRIGGER_TYPE } from '../../common/plugin';
import { PathConflictError } from './PathConflictError';
import { RouteClaims } from './RouteClaims';

interface SaveOptions {
  transaction?: Transaction | null;
  individualHooks?: boolean;
  /** Set by the workflow engine where it switches a version off because another one is being saved. */
  cycling?: boolean;
}

/** What has to be known of a workflow to tell its URLs. */
const NEEDED = ['type', 'key', 'title', 'enabled', 'config'] as const;

/** How often bringing the rows in step is tried at the start, a second in between: other instances start as well. */
const ATTEMPTS = 5;

/**
 * Claims the URLs of a webhook while it is being enabled, whoever saves it, and gives them up as it is switched off,
 * changed or deleted. A save that is undone undoes that as well.
 */
export function keepClaims(db: Database): RouteClaims {
  const claims = new RouteClaims(db);
  db.on('workflows.beforeSave', async (workflow: WorkflowModel, { transaction, cycling }: SaveOptions) => {
    if (cycling) {
      // The save that this belongs to comes to us next, and what one key has is looked at as a whole.
      return;
    }
    const { type, key, title, enabled, config } = await complete(workflow, transaction);
    if (type === TRIGGER_TYPE || workflow.previous('type') === TRIGGER_TYPE) {
      const version = type === TRIGGER_TYPE && enabled ? { key, title, config } : null;
      const before = workflow.isNewRecord ? key : (workflow.previous('key') as string | undefined);
      if (before !== undefined && before !== key) {
        await claims.settle(before, { id: workflow.id, version: null }, transaction);
      }
      await claims.settle(key, { id: workflow.id, version }, transaction);
    }
  });
  db.on('workflows.afterSave', async (workflow: WorkflowModel, { transaction }: SaveOptions) => {
    if (workflow.type === TRIGGER_TYPE && workflow.enabled) {
      const { key, title, config } = await complete(workflow, transaction);
      await claims.publish({ key, title, config }, transaction);
    }
  });
  db.on('workflows.afterDestroy', async ({ id, key, type }: WorkflowModel, { transaction }: SaveOptions) => {
    if (type === TRIGGER_TYPE) {
      await claims.settle(key, { id, version: null }, transaction);
    }
  });
  // Statements about many rows at once tell nobody which.
  const settleAll = ({ transaction }: SaveOptions) => claims.settleAll(transaction);
  db.on('workflows.afterBulkUpdate', settleAll);
  db.on('workflows.afterBulkCreate', (_rows: unknown, options: SaveOptions) => settleAll(options));
  db.on('workflows.afterBulkDestroy', async (options: SaveOptions) => {
    if (!options.individualHooks) {
      await settleAll(options);
    }
  });
  return claims;
}

/**
 * Brings the rows in step with the enabled workflows at the start: of a restored database, or after the plugin was
 * disabled. Two that have one URL by now can't both be: the one whose row is there keeps it, else the older one, and
 * the other is switched off.
 */
export async function rebuildClaims(app: Application, claims: RouteClaims): Promise<void> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    try {
      await claims.fill();
      for (const key of await claims.outOfStep()) {
        await settleOrSwitchOff(app, claims, key);
      }
      return;
    } catch (error) {
      app.logger.error('the URLs of the webhooks could not be compared with their rows', { error, attempt });
      await delay(1_000);
    }
  }
}

async function settleOrSwitchOff({ db, logger }: Application, claims: RouteClaims, key: string): Promise<void> {
  try {
    await claims.settle(key, null);
  } catch (error) {
    if (!(error instanceof PathConflictError)) {
      throw error;
    }
    logger.error(`webhook ${key} is switched off: ${error.message}`);
    await db.getRepository('workflows').update({
      filter: { key, type: TRIGGER_TYPE, enabled: true },
      values: { enabled: false },
    });
  }
}

/** Who saves a workflow may have loaded a part of it only. */
async function complete(
  workflow: WorkflowModel,
  transaction?: Transaction | null,
): Promise<Pick<WorkflowModel, (typeof NEEDED)[number]>> {
  const missing = NEEDED.filter((name) => workflow.get(name) === undefined);
  if (workflow.isNewRecord || missing.length === 0) {
    return workflow;
  }
  const Model = workflow.constructor as typeof WorkflowModel;
  const stored = await Model.findByPk(workflow.id, { attributes: [...missing], transaction });
  return { ...(stored?.get() as WorkflowModel | undefined), ...(workflow.get() as WorkflowModel) };
}
