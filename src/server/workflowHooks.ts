import type { Transaction } from '@nocobase/database';
import type { WorkflowModel } from '@nocobase/plugin-workflow';
import { TRIGGER_TYPE } from '../common/plugin';
import { sealAuth } from './secrets/authSecrets';
import type { CapturedSecrets } from './secrets/CapturedSecrets';
import type { Sealer } from './secrets/Sealer';

/**
 * What happens before a webhook workflow is written to the database, whoever writes it: no secret goes in as it was
 * typed.
 */
export function beforeSaveWorkflow(sealer: Sealer) {
  return async (workflow: WorkflowModel): Promise<void> => {
    if (workflow.type !== TRIGGER_TYPE) {
      return;
    }
    const { auth } = workflow.config ?? {};
    if (auth && (workflow.isNewRecord || workflow.changed('config'))) {
      if (!workflow.key) {
        // The engine's own hook gives it one first; without it, a secret would be sealed for nowhere.
        throw new Error('The workflow has no key to seal its secrets for.');
      }
      workflow.set('config', { ...workflow.config, auth: sealAuth(auth, workflow.key, sealer) });
    }
  };
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
