import type { Application } from '@nocobase/client-v2';
import { WORKFLOW_SNIPPET } from '../../common/deliveriesApi';
import { PLUGIN_NAME } from '../../common/plugin';
import { SETTINGS_SNIPPET } from '../../common/settings';
import { text } from '../locale';

/** Adds the pages to the modern client's plugin settings: all webhooks, their deliveries, and what is set for all webhooks. */
export function registerSettingsPage({ pluginSettingsManager, i18n }: Application): void {
  const translate = (key: string) => i18n.t(key, { ns: PLUGIN_NAME });
  pluginSettingsManager.addMenuItem({
    key: PLUGIN_NAME,
    title: translate(text('Webhooks')),
    icon: 'ApiOutlined',
    aclSnippet: WORKFLOW_SNIPPET,
  });
  pluginSettingsManager.addPageTabItem({
    menuKey: PLUGIN_NAME,
    key: 'index',
    title: translate(text('Overview')),
    aclSnippet: WORKFLOW_SNIPPET,
    sort: 1,
    componentLoader: () => import('../overview/OverviewPage'),
  });
  pluginSettingsManager.addPageTabItem({
    menuKey: PLUGIN_NAME,
    key: 'deliveries',
    title: translate(text('Deliveries')),
    aclSnippet: WORKFLOW_SNIPPET,
    sort: 2,
    componentLoader: () => import('../deliveries/DeliveriesPage'),
  });
  pluginSettingsManager.addPageTabItem({
    menuKey: PLUGIN_NAME,
    key: 'network',
    title: translate(text('Network')),
    aclSnippet: SETTINGS_SNIPPET,
    sort: 3,
    componentLoader: () => import('./SettingsPage'),
  });
}
