import { Plugin } from '@nocobase/client-v2';
import { registerWebhook } from './register';
import { registerSettingsPage } from './settings/registerSettingsPage';

/** The plugin in NocoBase's modern client. */
export class PluginWorkflowWebhookClient extends Plugin {
  override async load(): Promise<void> {
    registerWebhook(this.app);
    registerSettingsPage(this.app);
  }
}
