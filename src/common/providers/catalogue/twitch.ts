// Framework-free.

import type { Provider } from '../provider';
import { MAKE_UP_SECRET, SAVE_HERE_FIRST, VIA_API } from '../steps';

export const TWITCH: Provider = {
  id: 'twitch',
  title: 'Twitch EventSub',
  event: {
    from: ['header:twitch-eventsub-subscription-type'],
    names: [
      'channel.follow',
      'channel.update',
      'channel.subscribe',
      'channel.subscription.gift',
      'channel.cheer',
      'channel.raid',
      'stream.online',
      'stream.offline',
      'channel.channel_points_custom_reward_redemption.add',
    ],
  },
  scheme: {
    kind: 'hmac',
    sig: {
      from: 'header:twitch-eventsub-message-signature',
      prefix: 'sha256=',
    },
    ts: {
      from: 'header:twitch-eventsub-message-timestamp',
      unit: 'rfc3339',
      tol: 600,
    },
    content: '{header:twitch-eventsub-message-id}{ts}{body}',
    id: ['header:twitch-eventsub-message-id'],
    handshake: [
      {
        kind: 'webhook_callback_verification',
        when: {
          method: 'POST',
          'header:twitch-eventsub-message-type': 'webhook_callback_verification',
        },
        auth: 'signature',
        reply: {
          status: 200,
          type: 'text/plain',
          body: '{json:challenge}',
        },
      },
    ],
  },
  secretLabel: 'Signing secret',
  setup: [MAKE_UP_SECRET, SAVE_HERE_FIRST, VIA_API],
  example: {
    json: {
      subscription: {
        id: 'f1c2a387-161a-49f9-a165-0f21d7a4e1c4',
        status: 'enabled',
        type: 'channel.follow',
        version: '2',
        cost: 1,
        condition: { broadcaster_user_id: '12826', moderator_user_id: '12826' },
        transport: { method: 'webhook', callback: 'https://example.com/webhooks/callback' },
        created_at: '2019-11-16T10:11:12.634234626Z',
      },
      event: {
        user_id: '1234',
        user_login: 'cool_user',
        user_name: 'Cool_User',
        broadcaster_user_id: '12826',
        broadcaster_user_login: 'example',
        broadcaster_user_name: 'Example',
        followed_at: '2020-07-15T18:16:11.17106713Z',
      },
    },
  },
  docs: 'https://dev.twitch.tv/docs/eventsub/handling-webhook-events/',
};
