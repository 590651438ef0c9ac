// Framework-free.

import { HEAD_PROBE } from '../probes';
import type { Provider } from '../provider';
import { SAVE_HERE_FIRST, VIA_API } from '../steps';

export const TRELLO: Provider = {
  id: 'trello',
  title: 'Trello',
  event: {
    from: ['json:action.type'],
    names: [
      'createCard',
      'updateCard',
      'deleteCard',
      'commentCard',
      'addMemberToCard',
      'addAttachmentToCard',
      'createList',
      'updateList',
      'createBoard',
      'updateBoard',
    ],
  },
  scheme: {
    kind: 'hmac',
    alg: 'sha1',
    sig: {
      from: 'header:x-trello-webhook',
      enc: 'base64',
    },
    content: '{body}{url}',
    id: ['json:action.id'],
    handshake: [HEAD_PROBE],
  },
  secretLabel: 'App secret',
  setup: [
    'At Trello open “Power-Ups Admin”, “API key”.',
    'Copy the “Secret” of the API key, paste it here, and save.',
    SAVE_HERE_FIRST,
    VIA_API,
  ],
  example: {
    json: {
      action: {
        id: '51f9424bcd6e040f3c002412',
        type: 'updateCard',
      },
      model: {
        id: '4d5ea62fd76aa1136000000c',
      },
    },
  },
  docs: 'https://developer.atlassian.com/cloud/trello/guides/rest-api/webhooks/',
};
