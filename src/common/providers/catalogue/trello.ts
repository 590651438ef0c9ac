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
        idMemberCreator: '4fc78a59a885233f4b349bd9',
        type: 'updateCard',
        date: '2013-07-31T17:00:27.375Z',
        data: {
          board: { id: '4d5ea62fd76aa1136000000c', name: 'Example board', shortLink: 'iqXXzYEj' },
          card: {
            id: '51a79e72dbb7e23c7c003778',
            idShort: 1458,
            name: 'Example card',
            shortLink: 'r33ylX2Z',
            idList: '53582e2da0fac5676a71427a',
          },
          listBefore: { id: '53582e2da0fac5676a714279', name: 'Basics' },
          listAfter: { id: '53582e2da0fac5676a71427a', name: 'Intermediate' },
          old: { idList: '53582e2da0fac5676a714279' },
        },
        memberCreator: { id: '4fc78a59a885233f4b349bd9', fullName: 'Example', username: 'example' },
      },
      model: {
        id: '4d5ea62fd76aa1136000000c',
        name: 'Example board',
        desc: '',
        closed: false,
        url: 'https://trello.com/b/iqXXzYEj/example-board',
      },
    },
  },
  docs: 'https://developer.atlassian.com/cloud/trello/guides/rest-api/webhooks/',
};
