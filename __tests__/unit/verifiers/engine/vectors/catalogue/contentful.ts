import type { ProviderFacts } from '../types';

export const CONTENTFUL: ProviderFacts = {
  provider: 'contentful',
  covers: ['whole', true, 30],
  idSigned: true,
  vectors: [
    {
      source:
        'https://www.contentful.com/developers/docs/extensibility/webhooks/request-verification/, its rule; signed by @contentful/node-apps-toolkit',
      secret: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb',
      otherSecret: 'another-secret',
      request: {
        headers: {
          'content-type': 'application/vnd.contentful.management.v1+json',
          'x-contentful-topic': 'ContentManagement.Entry.publish',
          'x-contentful-timestamp': '1767225600000',
          'x-contentful-signed-headers':
            'content-type,x-contentful-signed-headers,x-contentful-timestamp,x-contentful-topic',
          'x-contentful-signature': '8dec81505760a10b542fbc36d3aa0a772b11f759eca7b2351daaf5bba8c7c6f1',
        },
        body: '{"sys":{"id":"5KsDBWseXY6QegucYAoacS","type":"Entry"},"fields":{"title":{"en-US":"Hello, World!"}}}',
        url: '/trigger/SW5zdGFuY2VGbG93Q29uZmlnOjE=',
      },
      at: 1767225600,
      deliveryId: '625fadd1dc72590c632228ddfd1dcf0f5ee328888cac42b4c1d6b588b50d551c',
      signature: 'header:x-contentful-signature',
      signed: ['header:x-contentful-topic', 'header:x-contentful-signed-headers', 'method'],
      tolerance: 30,
      plaintext: '{"sys":{"id":"5KsDBWseXY6QegucYAoacS","type":"Entry"},"fields":{"title":{"en-US":"Hello, World!"}}}',
    },
  ],
};
