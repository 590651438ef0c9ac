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
    text: 'token=a-signing-secret&team_id=t1&channel_name=town-square&text=hello&post_id=p1',
    contentType: 'application/x-www-form-urlencoded',
  },
  docs: 'https://developers.mattermost.com/integrate/webhooks/outgoing/',
};
