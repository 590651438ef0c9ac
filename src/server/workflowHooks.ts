import { Op, type Database, type Transaction } from '@nocobase/database';
import type { WorkflowModel } from '@nocobase/plugin-workflow';
import { TRIGGER_TYPE } from '../common/plugin';
import { isRecord, type ConfigIssue } from '../common/rules';
import { validateConfig, validateStored } from '../common/validateConfig';
import { sayIssue } from './language';
import { sealAuth } from './secrets/authSecrets';
import type { CapturedSecrets } from './secrets/CapturedSecrets';
import type { Sealer } from './secrets/Sealer';
import { configIssues } from './validateSchemas';
import { privateKeyIssues } from './verifiers/keyIssues';

/** Refuses to save a webhook whose settings can't be used: 400. */
class InvalidWebhookError extends Error {
  readonly status = 400;
  override readonly name = 'InvalidWebhookError';
}

/** A statement about many rows. */
interface BulkUpdateOptions {
  attributes?: Record<string, unknown>;
  where?: object;
  individualHooks?: boolean;
  transaction?: Transaction | null;
}

/** With one of these, what is written may be a secret, or what is enabled. */
const LOOKED_AT = ['config', 'type', 'enabled', 'key'];

/**
 * What happens before a webhook workflow is written to the database, whoever writes it, one or many at once: no secret
 * goes in as it was typed, and none is enabled with settings that can't be used. NocoBase looks at the settings itself,
 * but by the trigger type that a client names, and in the actions of `workflows` alone.
 */
export function guardSaves(db: Database, sealer: Sealer): void {
  const beforeSave = beforeSaveWorkflow(sealer);
  db.on('workflows.beforeSave', beforeSave);
  // As an import of a table makes them; NocoBase itself tells of each, but only afterwards.
  db.on('workflows.beforeBulkCreate', async (workflows: readonly WorkflowModel[]) => {
    for (const workflow of workflows) {
      await beforeSave(workflow);
    }
  });
  // As a node that updates records in a batch does: the statement names no row, so that each is changed by itself.
  db.on('workflows.beforeBulkUpdate', async (options: BulkUpdateOptions) => {
    const { attributes = {}, where, transaction } = options;
    if (LOOKED_AT.some((name) => Object.hasOwn(attributes, name))) {
      const { model } = db.getCollection('workflows');
      const webhooks = { where: { [Op.and]: [where ?? {}, { type: TRIGGER_TYPE }] }, transaction };
      options.individualHooks ||= attributes.type === TRIGGER_TYPE || (await model.count(webhooks)) > 0;
    }
  });
}

function beforeSaveWorkflow(sealer: Sealer) {
  return async (workflow: WorkflowModel): Promise<void> => {
    if (workflow.type !== TRIGGER_TYPE) {
      return;
    }
    const isNew = workflow.isNewRecord || workflow.changed('config') || workflow.changed('type');
    if (workflow.enabled && (isNew || workflow.changed('enabled'))) {
      refuseUnusable(workflow, isNew ? validateConfig : validateStored);
    }
    if (isNew && isRecord(workflow.config?.auth)) {
      const { auth } = workflow.config;
      // One that isn't enabled may be unfinished; what is taken for a public key would be shown all the same.
      throwIfAny(privateKeyIssues(auth));
      if (!workflow.key) {
        // The engine's own hook gives it one first, but to none of many; without, a secret would be sealed for a place that nothing has.
        throw new InvalidWebhookError('The workflow has no key to seal its secrets for.');
      }
      workflow.set('config', { ...workflow.config, auth: sealAuth(auth, workflow.key, sealer) });
    }
  };
}

function refuseUnusable({ config }: WorkflowModel, validate: typeof validateConfig): void {
  throwIfAny(configIssues(config ?? {}, validate));
}

function throwIfAny([problem]: readonly ConfigIssue[]): void {
  if (problem) {
    throw new InvalidWebhookError(sayIssue(problem));
  }
}

/** With the last version of a workflow, the secrets that were captured for it go. */
export function afterDestroyWorkflow(captured: CapturedSecrets) {
  return async (workflow: WorkflowModel, { transaction }: { transaction?: Transaction | null }): Promise<void> => {
    const Model = workflow.constructor as typeof WorkflowModel;
    if (workflow.type === TRIGGER_TYPE && (await Model.count({ where: { key: workflow.key }, transaction })) === 0) {
      await captured.discardAll(workflow.key, transaction);
    }
  };
}
