import type { ProviderFacts } from '../types';

export const MATTERMOST: ProviderFacts = {
  provider: 'mattermost',
  covers: ['none', false, null],
  idSigned: false,
  shows: ['json:token', 'form:token'],
  vectors: [
    {
      source: 'https://developers.mattermost.com/integrate/webhooks/outgoing/, its rule',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: 'token=a-signing-secret&team_id=t1&channel_name=town-square&text=hello&post_id=p1',
      },
      at: 1700000000,
      deliveryId: 'p1',
      signature: 'form:token',
      signsBody: false,
      isToken: true,
    },
  ],
};
