import type { ProviderFacts } from '../types';

export const MICROSOFT_TEAMS: ProviderFacts = {
  provider: 'microsoft-teams',
  covers: ['whole', false, null],
  idSigned: true,
  vectors: [
    {
      source:
        'https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-outgoing-webhook, and AuthProvider.cs of github.com/OfficeDev/microsoft-teams-sample-outgoing-webhook; computed with Python hmac',
      secret: 'YS1zaWduaW5nLXNlY3JldC1vZi0zMi1ieXRlcy1sb25n',
      otherSecret: 'b3RoZXI=',
      request: {
        headers: {
          authorization: 'HMAC 4PQE2skCmK8aUWJZcqJXIXnbXnkP7mqacrscR+th4LY=',
        },
        body: '{"type":"message","id":"1485983408511","timestamp":"2017-02-01T21:10:07.437Z","text":"<at>Bot</at> hi","from":{"name":"User"}}',
      },
      at: 1700000000,
      deliveryId: '1485983408511 2017-02-01T21:10:07.437Z',
      signature: 'header:authorization',
    },
  ],
};
