import type { ProviderFacts } from '../types';

export const TWITCH: ProviderFacts = {
  provider: 'twitch',
  covers: ['whole', false, 600],
  idSigned: true,
  vectors: [
    {
      source:
        'https://dev.twitch.tv/docs/eventsub/handling-webhook-events/, and forward_event.go of github.com/twitchdev/twitch-cli; computed with Python hmac',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'twitch-eventsub-message-id': 'e76c6bd4-55c9-4987-8304-da1588d8988b',
          'twitch-eventsub-message-timestamp': '2023-11-14T22:13:20.000000000Z',
          'twitch-eventsub-message-signature':
            'sha256=ab919b5275cc6737f841f6716d67d6e7e746b165b13d65c1d209a0cec48dfe83',
        },
        body: '{"subscription":{"id":"f1c2a387-161a-49f9-a165-0f21d7a4e1c4","type":"channel.follow"},"event":{"user_id":"1234","user_name":"Cool_User"}}',
      },
      at: 1700000000,
      deliveryId: 'e76c6bd4-55c9-4987-8304-da1588d8988b',
      signature: 'header:twitch-eventsub-message-signature',
      signed: ['header:twitch-eventsub-message-id'],
      tolerance: 600,
    },
  ],
  challenges: [
    {
      name: 'Twitch: verification',
      source: 'https://dev.twitch.tv/docs/eventsub/handling-webhook-events/',
      secrets: ['a-signing-secret'],
      request: {
        headers: {
          'twitch-eventsub-message-id': 'e76c6bd4-55c9-4987-8304-da1588d8988b',
          'twitch-eventsub-message-timestamp': '2023-11-14T22:13:20.000000000Z',
          'twitch-eventsub-message-signature':
            'sha256=0035a6fcef7945459eb127f1e9a40b44c733311e63d7cd3a70336b1245c56535',
          'twitch-eventsub-message-type': 'webhook_callback_verification',
        },
        body: '{"challenge":"pogchamp-kappa-360noscope-vohiyo","subscription":{"id":"f1c2a387-161a-49f9-a165-0f21d7a4e1c4","status":"webhook_callback_verification_pending","type":"channel.follow"}}',
      },
      at: 1700000000,
      reply: {
        kind: 'webhook_callback_verification',
        status: 200,
        contentType: 'text/plain',
        body: 'pogchamp-kappa-360noscope-vohiyo',
      },
      broken: {
        headers: {
          'twitch-eventsub-message-type': 'webhook_callback_verification',
        },
        body: '{"challenge":"pogchamp-kappa-360noscope-vohiyo","subscription":{"id":"f1c2a387-161a-49f9-a165-0f21d7a4e1c4","status":"webhook_callback_verification_pending","type":"channel.follow"}}',
      },
    },
  ],
};
