// Framework-free.

import type { Provider } from '../provider';
import { PASTE_URL } from '../steps';

export const GOOGLE_PUBSUB: Provider = {
  id: 'google-pubsub',
  title: 'Google Cloud Pub/Sub',
  scheme: null,
  jwt: {
    algorithms: ['RS256'],
    jwksUrl: 'https://www.googleapis.com/oauth2/v3/certs',
    issuer: 'https://accounts.google.com',
    audience: 'config:audience',
    claims: {
      email: 'config:email',
      email_verified: 'true',
    },
    id: ['json:message.messageId'],
  },
  secretLabel: 'No secret is needed',
  options: [
    {
      name: 'audience',
      label: 'Audience',
      help: 'As set in the push subscription; this URL unless you chose another.',
      required: true,
    },
    {
      name: 'email',
      label: 'Service account',
      help: 'The e-mail address of the service account that pushes: Google signs for anybody’s.',
      required: true,
    },
  ],
  setup: [
    'At Google Cloud open “Pub/Sub”, “Subscriptions”, “Create subscription”, “Push”.',
    PASTE_URL,
    'Switch “Enable authentication” on, choose a service account, and enter it and the audience here.',
  ],
  example: {
    json: {
      message: {
        data: 'SGVsbG8=',
        messageId: '136969346945',
        attributes: {
          key: 'value',
        },
      },
      subscription: 'projects/my/subscriptions/s',
    },
  },
  docs: 'https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions',
};
