import type { UseVariableOptions, VariableOption } from '@nocobase/plugin-workflow/client-v2';
import { Trigger } from '@nocobase/plugin-workflow/client-v2';
import { resolveConfig, type WebhookConfigInput } from '../common/config';
import { validateConfig } from '../common/validateConfig';
import { tExpr, useT } from './locale';
import { triggerVariables } from './triggerVariables';

/**
 * The webhook trigger as both clients' workflow editors see it.
 * There is no `PresetFieldsetLoader`: at creation nothing has to be chosen, since every default works,
 * and the execution mode is NocoBase's own field in the same dialog.
 */
export class WebhookTrigger extends Trigger {
  override title = tExpr('Webhook');
  override description = tExpr(
    'Starts when an external system calls the URL of this workflow. The call is verified, its content becomes variables, and it gets an answer.',
  );

  override FieldsetLoader = () => import('./panel/WebhookPanel').then((module) => ({ default: module.WebhookPanel }));
  override TriggerFieldsetLoader = () =>
    import('./manual/ManualRunFields').then((module) => ({ default: module.ManualRunFields }));

  override validate(config: Record<string, unknown>): boolean {
    return validateConfig(config).length === 0;
  }

  /** What variable pickers offer below `$context`. A hook: NocoBase calls it while rendering. */
  override useVariables(config: Record<string, unknown>, options?: UseVariableOptions): VariableOption[] {
    const t = useT();
    return triggerVariables(resolveConfig(config as WebhookConfigInput), t, options);
  }
}
