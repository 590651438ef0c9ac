import type { Transaction } from '@nocobase/database';
import type { WorkflowModel } from '@nocobase/plugin-workflow';
import { TRIGGER_TYPE } from '../common/plugin';
import { assertPathIsFree } from './endpoints/conflicts';
import { sealAuth, type Seal } from './secrets';

/**
 * What happens before a webhook workflow is written to the database, whoever writes it: its URL must be
 * free if it is enabled, and no secret goes in as it was typed.
 */
export function beforeSaveWorkflow(seal: Seal) {
  return async (workflow: WorkflowModel, { transaction }: { transaction?: Transaction | null }): Promise<void> => {
    if (workflow.type !== TRIGGER_TYPE) {
      return;
    }
    if (workflow.enabled) {
      await assertPathIsFree(workflow, transaction);
    }
    const { auth } = workflow.config ?? {};
    if (auth && (workflow.isNewRecord || workflow.changed('config'))) {
      workflow.set('config', { ...workflow.config, auth: await sealAuth(auth, seal) });
    }
  };
}
