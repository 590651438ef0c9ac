import { paths, TAG_CAPTURED, TAG_DELIVERIES, TAG_ENDPOINTS, TAG_SETTINGS, TAG_STATS } from './paths';
import { schemas } from './schemas';

// Read by NocoBase's API documentation plugin, which shows it beside its own.

export default {
  openapi: '3.0.2',
  info: { title: 'NocoBase API - Webhook deliveries', version: '1.0.0' },
  tags: [
    { name: TAG_DELIVERIES, description: 'What came in by webhooks: look at it, replay it, cancel it, erase it' },
    { name: TAG_CAPTURED, description: 'What services hand over in their handshakes: confirm it, discard it' },
    { name: TAG_ENDPOINTS, description: 'Enabled webhooks: counters, pause and resume' },
    { name: TAG_STATS, description: 'What was counted of calls and runs' },
    { name: TAG_SETTINGS, description: 'What is set once for all webhooks' },
  ],
  paths,
  components: { schemas },
};
