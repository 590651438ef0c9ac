import { Plugin } from '@nocobase/client';
import { registerWebhook } from '../client-v2/register';

/** The plugin in NocoBase's legacy client: the same trigger and panel, under the other base class. */
export default class PluginWorkflowWebhookLegacyClient extends Plugin {
  override async load(): Promise<void> {
    registerWebhook(this.app);
  }
}
