import type { Application } from '@nocobase/client-v2';
import { PLUGIN_NAME } from '../../common/plugin';
import { SETTINGS_SNIPPET } from '../../common/settings';
import { text } from '../locale';

/** Adds the page to the modern client's plugin settings. */
export function registerSettingsPage({ pluginSettingsManager, i18n }: Application): void {
  const shared = { title: i18n.t(text('Webhooks'), { ns: PLUGIN_NAME }), aclSnippet: SETTINGS_SNIPPET };
  pluginSettingsManager.addMenuItem({ ...shared, key: PLUGIN_NAME, icon: 'ApiOutlined' });
  pluginSettingsManager.addPageTabItem({
    ...shared,
    menuKey: PLUGIN_NAME,
    key: 'index',
    componentLoader: () => import('./SettingsPage'),
  });
}
