// Framework-free: schemes that many services share.

import type { Provider } from './provider';
import { PASTE_URL, SAVE_HERE_FIRST } from './steps';
import { originHandshake } from './originHandshake';

export const STANDARDS: readonly Provider[] = [
  {
    id: 'standard-webhooks',
    title: 'Standard Webhooks',
    event: { from: ['json:type'], names: [] },
    scheme: {
      kind: 'hmac',
      sig: { from: 'header:webhook-signature', split: ' ', prefix: 'v1,', enc: 'base64' },
      ts: { from: 'header:webhook-timestamp', tol: 300 },
      content: '{header:webhook-id}.{ts}.{body}',
      key: { enc: 'base64', strip: 'whsec_' },
      id: ['header:webhook-id'],
    },
    secretLabel: 'Signing secret (whsec_…)',
    setup: [
      'Choose this for any service whose calls carry the headers webhook-id, webhook-timestamp and webhook-signature.',
      PASTE_URL,
      'Copy the signing secret that the service shows, with whsec_ in front, paste it here, and save.',
    ],
    example: {
      json: {
        type: 'user.created',
        timestamp: '2023-11-14T22:13:20.000Z',
        data: { id: '1f81eb52-5198-4599-803e-771906343485' },
      },
    },
    docs: 'https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md',
  },
  {
    id: 'standard-webhooks-v1a',
    title: 'Standard Webhooks (public key, v1a)',
    event: { from: ['json:type'], names: [] },
    scheme: {
      kind: 'ed25519',
      sig: { from: 'header:webhook-signature', split: ' ', prefix: 'v1a,', enc: 'base64' },
      ts: { from: 'header:webhook-timestamp', tol: 300 },
      content: '{header:webhook-id}.{ts}.{body}',
      key: { enc: 'raw-base64', strip: 'whpk_' },
      id: ['header:webhook-id'],
    },
    secretLabel: 'Public key (whpk_…)',
    setup: [
      'Choose this for a service that signs with a private key: its webhook-signature begins with v1a.',
      PASTE_URL,
      'Copy the public key that the service shows, with whpk_ in front, paste it here, and save.',
    ],
    example: {
      json: {
        type: 'user.created',
        timestamp: '2023-11-14T22:13:20.000Z',
        data: { id: '1f81eb52-5198-4599-803e-771906343485' },
      },
    },
    docs: 'https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md',
  },
  {
    id: 'svix',
    title: 'Svix',
    event: { from: ['json:type'], names: [] },
    scheme: {
      kind: 'hmac',
      sig: { from: 'header:svix-signature', split: ' ', prefix: 'v1,', enc: 'base64' },
      ts: { from: 'header:svix-timestamp', tol: 300 },
      content: '{header:svix-id}.{ts}.{body}',
      key: { enc: 'base64', strip: 'whsec_' },
      id: ['header:svix-id'],
    },
    secretLabel: 'Signing secret (whsec_…)',
    setup: [
      'Choose this for any service that sends through Svix: its calls carry svix-id, svix-timestamp and svix-signature.',
      'In the webhook portal of the service add an endpoint with this URL.',
      'Copy the signing secret that the service shows, with whsec_ in front, paste it here, and save.',
    ],
    example: {
      json: {
        type: 'user.created',
        timestamp: '2023-11-14T22:13:20.000Z',
        data: { id: '1f81eb52-5198-4599-803e-771906343485' },
      },
    },
    docs: 'https://docs.svix.com/receiving/verifying-payloads/how-manual',
  },
  {
    id: 'cloudevents',
    title: 'CloudEvents',
    event: { from: ['header:ce-type', 'json:type'], names: [] },
    scheme: {
      kind: 'token',
      sig: { from: ['header:authorization', 'query:access_token'], strip: 'Bearer ' },
      // An id is unique at its source only: CloudEvents 1.0, section 3.1.
      id: [
        'fields:header:ce-source,header:ce-id',
        'fields:json:source,json:id',
        'fields:json:[].source,json:[].id',
        'header:ce-id',
      ],
      handshake: [
        originHandshake({ from: 'header:webhook-request-origin', equals: 'config:allowedOrigins', list: true }),
      ],
    },
    secretLabel: 'Access token',
    options: [
      {
        name: 'allowedOrigins',
        label: 'Allowed origins',
        help: 'Who may ask whether this URL takes events, such as eventgrid.azure.net. Several with spaces between.',
      },
    ],
    setup: [
      'Choose this for a sender of CloudEvents over HTTP, such as Azure Event Grid or Knative.',
      'Make up a long random access token, enter it here, and have the sender use it as Bearer token or as access_token in the URL.',
      'Enter the sender’s origin here, so that its check of the URL is answered, and save.',
      PASTE_URL,
    ],
    example: {
      json: {
        specversion: '1.0',
        type: 'com.example.someevent',
        source: '/mycontext',
        id: 'A234-1234-1234',
        time: '2023-11-14T22:13:20Z',
        datacontenttype: 'application/json',
        data: { appinfoA: 'abc', appinfoB: 123 },
      },
    },
    docs: 'https://github.com/cloudevents/spec/blob/main/cloudevents/http-webhook.md',
  },
  {
    id: 'aws-sns',
    title: 'Amazon SNS',
    scheme: null,
    // AWS stops to repeat a message to an HTTPS endpoint after an hour at the latest.
    covers: { body: 'part', url: false, tolerance: 3600 },
    idSigned: true,
    secretLabel: 'No secret is needed',
    options: [
      {
        name: 'topicArn',
        label: 'Topic ARNs',
        help: 'Whose messages are taken. Several with spaces between; * at the end stands for the rest.',
        required: true,
      },
    ],
    setup: [
      'In the SNS console copy the ARN of the topic and enter it here: anybody with an AWS account could send otherwise.',
      SAVE_HERE_FIRST,
      'Create a subscription of the topic with the protocol HTTPS and this URL, raw message delivery off.',
      'The subscription is confirmed by itself; it shows in the deliveries here.',
    ],
    example: {
      json: {
        Type: 'Notification',
        MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
        TopicArn: 'arn:aws:sns:us-west-2:123456789012:MyTopic',
        Subject: 'My First Message',
        Message: 'Hello world!',
        Timestamp: '2023-11-14T22:13:20.000Z',
        SignatureVersion: '2',
        Signature: 'EXAMPLEw6JRN…',
        SigningCertURL:
          'https://sns.us-west-2.amazonaws.com/SimpleNotificationService-f3ecfb7224c7233fe7bb5f59f96de52f.pem',
        UnsubscribeURL: 'https://sns.us-west-2.amazonaws.com/?Action=Unsubscribe',
      },
    },
    docs: 'https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html',
  },
  {
    id: 'http-message-signatures',
    title: 'HTTP Message Signatures (RFC 9421)',
    scheme: null,
    covers: { body: 'whole', url: true, tolerance: 300 },
    idSigned: true,
    secretLabel: 'Public key (PEM, JWK) or shared secret',
    options: [
      {
        name: 'components',
        label: 'Components that must be signed',
        help: 'With spaces between. Empty: @method and @path, @query where there is a query, and content-digest where there is a body.',
      },
      {
        name: 'algorithm',
        label: 'Algorithm',
        help: 'The only one taken, such as ed25519. Empty: any that fits the key.',
      },
      { name: 'tag', label: 'Tag', help: 'What the signature must have been made for. Empty: any.' },
      { name: 'keyEncoding', label: 'Encoding of shared secrets', help: 'base64, or empty for plain text.' },
    ],
    setup: [
      'Choose this for any service whose calls carry the headers Signature and Signature-Input.',
      PASTE_URL,
      'Paste the service’s public key, or the secret that you share with it, here; name it after its keyid if there are several.',
      'Have the service sign at least the method, the path, the query, Content-Digest and Content-Type.',
    ],
    example: { json: { hello: 'world' } },
    docs: 'https://www.rfc-editor.org/rfc/rfc9421',
  },
];
