// Framework-free.

import type { Provider } from '../provider';
import { ONLY_HTTPS, PASTE_URL } from '../steps';

export const MATTERMOST: Provider = {
  id: 'mattermost',
  title: 'Mattermost, outgoing webhook',
  scheme: {
    kind: 'token',
    sig: {
      from: ['json:token', 'form:token'],
    },
    id: ['json:post_id', 'form:post_id'],
  },
  secretLabel: 'Token',
  setup: [
    'At Mattermost open “Integrations”, “Outgoing Webhooks”.',
    PASTE_URL,
    'Copy the “Token”, paste it here, and save.',
    ONLY_HTTPS,
  ],
  example: {
    text: 'channel_id=hawos4dqtby53pd64o4a4cmeoo&channel_name=town-square&team_domain=someteam&team_id=kwoknj9nwpypzgzy78wkw516qe&post_id=axdygg1957njfe5pu38saikdho&text=some+text+here&timestamp=1445532266&token=a-signing-secret&trigger_word=some&user_id=rnina9994bde8mua79zqcg5hmo&user_name=somename',
    contentType: 'application/x-www-form-urlencoded',
  },
  docs: 'https://developers.mattermost.com/integrate/webhooks/outgoing/',
};
