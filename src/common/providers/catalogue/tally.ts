// Framework-free.

import type { Provider } from '../provider';
import { PASTE_URL } from '../steps';

export const TALLY: Provider = {
  id: 'tally',
  title: 'Tally',
  event: { from: ['json:eventType'], names: ['FORM_RESPONSE'] },
  scheme: {
    kind: 'hmac',
    sig: {
      from: 'header:tally-signature',
      enc: 'base64',
    },
    content: '{body}',
    id: ['json:eventId'],
  },
  secretLabel: 'Signing secret',
  setup: ['At Tally open “Integrations”, “Webhooks”.', PASTE_URL, 'Add a signing secret, and enter the same one here.'],
  example: {
    json: {
      eventId: 'a4cb511e-d513-4fa5-baee-b815d718dfd1',
      eventType: 'FORM_RESPONSE',
      createdAt: '2023-06-28T15:00:21.889Z',
      data: {
        responseId: '2wgx4n',
        submissionId: '2wgx4n',
        respondentId: 'dwQKYm',
        formId: 'VwbNEw',
        formName: 'Contact',
        createdAt: '2023-06-28T15:00:21.000Z',
        fields: [{ key: 'question_3EKz4n', label: 'Name', type: 'INPUT_TEXT', value: 'Ann' }],
      },
    },
  },
  docs: 'https://tally.so/help/webhooks',
};
