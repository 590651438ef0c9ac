import { Plugin } from '@nocobase/client';
import DeliveriesPage from '../client-v2/deliveries/DeliveriesPage';
import { tExpr } from '../client-v2/locale';
import OverviewPage from '../client-v2/overview/OverviewPage';
import { registerWebhook } from '../client-v2/register';
import SettingsPage from '../client-v2/settings/SettingsPage';
import { WORKFLOW_SNIPPET } from '../common/deliveriesApi';
import { PLUGIN_NAME } from '../common/plugin';
import { SETTINGS_SNIPPET } from '../common/settings';

/** The plugin in NocoBase's legacy client: the same trigger and panel, under the other base class. */
export default class PluginWorkflowWebhookLegacyClient extends Plugin {
  override async load(): Promise<void> {
    registerWebhook(this.app);
    const settings = this.app.pluginSettingsManager;
    settings.add(PLUGIN_NAME, { title: tExpr('Webhooks'), icon: 'ApiOutlined', aclSnippet: WORKFLOW_SNIPPET });
    settings.add(`${PLUGIN_NAME}.overview`, {
      title: tExpr('Overview'),
      aclSnippet: WORKFLOW_SNIPPET,
      Component: OverviewPage,
      sort: 1,
    });
    settings.add(`${PLUGIN_NAME}.deliveries`, {
      title: tExpr('Deliveries'),
      aclSnippet: WORKFLOW_SNIPPET,
      Component: DeliveriesPage,
      sort: 2,
    });
    settings.add(`${PLUGIN_NAME}.network`, {
      title: tExpr('Network'),
      aclSnippet: SETTINGS_SNIPPET,
      Component: SettingsPage,
      sort: 3,
    });
  }
}
