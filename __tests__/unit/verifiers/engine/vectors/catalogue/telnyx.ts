import type { ProviderFacts } from '../types';

export const TELNYX: ProviderFacts = {
  provider: 'telnyx',
  covers: ['whole', false, 300],
  idSigned: true,
  vectors: [
    {
      source:
        'https://developers.telnyx.com/docs/messaging/messages/receiving-webhooks, its rule; Python cryptography, by the rule of the documentation',
      secret: '6+Wimg+J6Ji2rEIB4vaaodBFBlDGfLhSTK1GMVmcBi8=',
      otherSecret: 'So01OVXYdRyrsoLhcL0VDSpZnXdU8u5wIQ4OytT/oQA=',
      request: {
        headers: {
          'telnyx-timestamp': '1700000000',
          'telnyx-signature-ed25519':
            'ZdaJ9F/Hzy/Rdwn4A2imufiTZcpaO4s1054cIgd/r5IffpBev5KwZVQYOiI0Wx3LykuvY0IhPnETXR4AIVIHDQ==',
        },
        body: '{"data":{"event_type":"message.received","id":"3fa85f64-5717-4562-b3fc-2c963f66afa6","payload":{"text":"Hi"}}}',
      },
      at: 1700000000,
      deliveryId: '3fa85f64-5717-4562-b3fc-2c963f66afa6',
      signature: 'header:telnyx-signature-ed25519',
      signed: ['header:telnyx-timestamp'],
      tolerance: 300,
    },
  ],
};
