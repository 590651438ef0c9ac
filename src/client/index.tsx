import { Plugin } from '@nocobase/client';
import { tExpr } from '../client-v2/locale';
import { registerWebhook } from '../client-v2/register';
import SettingsPage from '../client-v2/settings/SettingsPage';
import { PLUGIN_NAME } from '../common/plugin';
import { SETTINGS_SNIPPET } from '../common/settings';

/** The plugin in NocoBase's legacy client: the same trigger and panel, under the other base class. */
export default class PluginWorkflowWebhookLegacyClient extends Plugin {
  override async load(): Promise<void> {
    registerWebhook(this.app);
    this.app.pluginSettingsManager.add(PLUGIN_NAME, {
      title: tExpr('Webhooks'),
      icon: 'ApiOutlined',
      aclSnippet: SETTINGS_SNIPPET,
      Component: SettingsPage,
    });
  }
}
