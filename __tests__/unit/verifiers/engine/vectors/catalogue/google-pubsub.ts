import type { ProviderFacts } from '../types';

export const GOOGLE_PUBSUB: ProviderFacts = {
  provider: 'google-pubsub',
  covers: ['none', false, null],
  idSigned: false,
  shows: ['header:authorization'],
  vectors: [
    {
      source:
        'https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions, its rule; Python hmac and cryptography, by the rule of the documentation',
      secret: '',
      otherSecret: '',
      request: {
        headers: {
          authorization:
            'Bearer eyJhbGciOiJSUzI1NiIsImtpZCI6ImsxIiwidHlwIjoiSldUIn0.eyJhdWQiOiJodHRwczovL25vY29iYXNlLmV4YW1wbGUuY29tL2FwaS93ZWJob29rcy9rZXkiLCJlbWFpbCI6InB1c2hAbXkuaWFtLmdzZXJ2aWNlYWNjb3VudC5jb20iLCJlbWFpbF92ZXJpZmllZCI6dHJ1ZSwiaXNzIjoiaHR0cHM6Ly9hY2NvdW50cy5nb29nbGUuY29tIiwiaWF0IjoxNzAwMDAwMDAwLCJleHAiOjE3MDAwMDM2MDB9.jQipwuLJKXqMA8ogqRvWJ0rti3ipGkTY7uwXC6iyRQtqcRBM64IcGxPioblmBNPBQIMzDhSoCeUfFmKzjK90YR4GRwiA-KtEkau1ZyImvLINARm92B1YZhCKx5cZmUnTDCtlk2O8MCOwHn3B1zIwaBtrLX690iwfeirPMCEfzmXsuoqD92ZCU4i3uqwO6WeorM5fFZicFQ87lkb6g67PJFLaLnVgnIAAIxk6AB8Slc7lJkI1XEarmjrFOiVxG86fzSrzjFXSX1sspHuUI5TygV-DKP_hq5V5TQL679ZPNdwOtGybxwYMtmPOzaN6u7S-17F4X5ulI0FK5qfsMFX70A',
        },
        body: '{"message":{"data":"SGVsbG8=","messageId":"136969346945","attributes":{"key":"value"}},"subscription":"projects/my/subscriptions/s"}',
      },
      at: 1700000000,
      deliveryId: '136969346945',
      signature: 'header:authorization',
      signsBody: false,
      expires: true,
      hasNoSecret: true,
      signer: 'k1',
      fetched:
        '{"keys":[{"kty":"RSA","n":"sFeIJn7RNTYhl41IC89E5Uc4J4SavX5yGLE2ovdDwu3zf57QWPLwXaCsENSWRTSPN5SmsUT5HeXmK6vH647I02Cx5VXOJ7AitEXB2O6Pj849AGLxNdb0hxOAdqAs0QpRkiUrzhwtEqXmYwKNuB90gBrv7Sd1qjDyug9ssbz--ARhXfTr0sPvRepV8tgiGGLs7_9GiZbMkDvyrX2CEq27d7BxKmuHcrQT1DqG-v3fkOlcC8Di6hmtWeURmcVeobWc-ynYhxzZUcCA35r4mZx0vj2W2w77y3bjlF5nq7vD5jePVng2p0wCykLVOaFMwemibfdPdaVIETvG90_MgZGbwQ","e":"AQAB","kid":"k1","use":"sig","alg":"RS256"}]}',
      options: {
        audience: 'https://nocobase.example.com/api/webhooks/key',
        email: 'push@my.iam.gserviceaccount.com',
      },
    },
  ],
};
