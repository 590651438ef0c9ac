import type { Application } from '@nocobase/client-v2';
import { TRIGGER_TYPE } from '../common/plugin';
import { RESPONSE_NODE_TYPE } from '../common/responseNode';
import { ResponseNode } from './node/ResponseNode';
import { WebhookTrigger } from './WebhookTrigger';

interface WorkflowPlugin {
  registerTrigger(type: string, trigger: new () => WebhookTrigger): void;
  registerInstruction(type: string, instruction: new () => ResponseNode): void;
}

/** Adds the webhook trigger and the response node to NocoBase's workflow plugin; both clients do it the same way. */
export function registerWebhook(app: Pick<Application, 'pm'>): void {
  const workflows = app.pm.get('workflow') as WorkflowPlugin;
  workflows.registerTrigger(TRIGGER_TYPE, WebhookTrigger);
  workflows.registerInstruction(RESPONSE_NODE_TYPE, ResponseNode);
}
