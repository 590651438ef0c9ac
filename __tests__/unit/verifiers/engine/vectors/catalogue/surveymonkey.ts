import type { ProviderFacts } from '../types';

export const SURVEYMONKEY: ProviderFacts = {
  provider: 'surveymonkey',
  covers: ['whole', false, null],
  idSigned: true,
  vectors: [
    {
      source:
        'https://api.surveymonkey.com/v3/docs#api-endpoints-webhooks, its rule; Python hmac, by generate_signature of the documentation',
      secret: 'a-client-id&a-client-secret',
      otherSecret: 'a-client-id&another-secret',
      request: {
        headers: {
          'sm-apikey': 'a-client-id',
          'sm-signature': 'oHMbfkZyaEw2MtMGE3XWgsjPLkc=',
        },
        body: '{"name":"My Webhook","filter_type":"collector","filter_id":"123456789","event_type":"response_completed","event_id":"123456789","object_type":"response","object_id":"123456"}',
      },
      at: 1700000000,
      deliveryId: '123456789',
      signature: 'header:sm-signature',
    },
  ],
  challenges: [
    {
      name: 'SurveyMonkey: probe',
      source: 'https://api.surveymonkey.com/v3/docs#api-endpoints-webhooks',
      secrets: [],
      request: {
        method: 'HEAD',
      },
      at: 1700000000,
      reply: {
        kind: 'probe',
        status: 200,
      },
    },
  ],
};
