// Framework-free: read by the server and by both clients.

/** The package name: also the plugin's name in NocoBase and its i18n namespace. */
export const PLUGIN_NAME = 'nocobase-plugin-workflow-webhook';

/** `workflows.type` of a workflow that this plugin's trigger starts. */
export const TRIGGER_TYPE = 'webhook';

/** First path segment, below NocoBase's API base path, of every webhook URL. */
export const WEBHOOKS_SEGMENT = 'webhooks';

/** The commercial plugin's URL form, `webhook:trigger/<key>`: kept as an alias for who moves over. */
export const ALIAS_SEGMENT = 'webhook:trigger';
