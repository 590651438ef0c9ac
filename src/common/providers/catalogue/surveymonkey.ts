// Framework-free.

import { HEAD_PROBE } from '../probes';
import type { Provider } from '../provider';
import { SAVE_HERE_FIRST, VIA_API } from '../steps';

export const SURVEYMONKEY: Provider = {
  id: 'surveymonkey',
  title: 'SurveyMonkey',
  event: {
    from: ['json:event_type'],
    names: [
      'response_completed',
      'response_updated',
      'response_disqualified',
      'response_created',
      'response_deleted',
      'response_overquota',
      'collector_created',
      'collector_updated',
      'collector_deleted',
      'survey_created',
      'survey_updated',
    ],
  },
  scheme: {
    kind: 'hmac',
    alg: 'sha1',
    sig: {
      from: 'header:sm-signature',
      enc: 'base64',
    },
    content: '{body}',
    id: ['json:event_id'],
    handshake: [HEAD_PROBE],
  },
  secretLabel: 'Client ID & secret',
  setup: [
    'At SurveyMonkey open “Developer”, “My Apps”, the app, “Settings”.',
    'Enter here the “Client ID”, an &, and the “Secret”, without spaces: both together are the key.',
    SAVE_HERE_FIRST,
    VIA_API,
  ],
  example: {
    json: {
      name: 'My Webhook',
      filter_type: 'collector',
      filter_id: '123456789',
      event_type: 'response_completed',
      event_id: '123456789',
      object_type: 'response',
      object_id: '123456',
      event_datetime: '2016-01-01T21:56:31.182613+00:00',
      resources: {
        respondent_id: '123456789',
        recipient_id: '123456789',
        collector_id: '123456789',
        survey_id: '123456789',
        user_id: '123456789',
      },
    },
  },
  docs: 'https://api.surveymonkey.com/v3/docs#api-endpoints-webhooks',
};
