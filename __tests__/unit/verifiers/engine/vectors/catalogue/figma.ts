import type { ProviderFacts } from '../types';

export const FIGMA: ProviderFacts = {
  provider: 'figma',
  covers: ['none', false, null],
  idSigned: null,
  shows: ['json:passcode'],
  vectors: [
    {
      source: 'https://developers.figma.com/docs/rest-api/webhooks-security/, its rule',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {},
        body: '{"event_type":"FILE_UPDATE","passcode":"a-signing-secret","timestamp":"2020-02-23T20:27:16Z","webhook_id":"22","file_key":"zH8Y"}',
      },
      at: 1700000000,
      deliveryId: null,
      signature: 'json:passcode',
      signsBody: false,
      isToken: true,
      plaintext:
        '{"event_type":"FILE_UPDATE","passcode":"a-signing-secret","timestamp":"2020-02-23T20:27:16Z","webhook_id":"22","file_key":"zH8Y"}',
    },
  ],
  challenges: [
    {
      name: 'Figma: PING',
      source: 'https://developers.figma.com/docs/rest-api/webhooks-events/',
      secrets: ['a-signing-secret'],
      request: {
        body: '{"event_type":"PING","passcode":"a-signing-secret","webhook_id":"22"}',
      },
      at: 1700000000,
      reply: {
        kind: 'PING',
        status: 200,
      },
      broken: {
        body: '{"event_type":"PING","passcode":"x","webhook_id":"22"}',
      },
    },
  ],
};
