import type { Application } from '@nocobase/client-v2';
import { TRIGGER_TYPE } from '../common/plugin';
import { WebhookTrigger } from './WebhookTrigger';

interface WorkflowPlugin {
  registerTrigger(type: string, trigger: new () => WebhookTrigger): void;
}

/** Adds the webhook trigger to NocoBase's workflow plugin; both clients do it the same way. */
export function registerWebhookTrigger(app: Pick<Application, 'pm'>): void {
  (app.pm.get('workflow') as WorkflowPlugin).registerTrigger(TRIGGER_TYPE, WebhookTrigger);
}
