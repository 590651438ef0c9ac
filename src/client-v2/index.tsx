export { PluginWorkflowWebhookClient as default } from './plugin';
