// Framework-free: services that take payments and orders.

import type { Provider } from './provider';
import { CHOOSE_EVENTS, MAKE_UP_SECRET, PASTE_URL, SEND_TEST } from './steps';

export const PAYMENTS: readonly Provider[] = [
  {
    id: 'stripe',
    title: 'Stripe',
    scheme: {
      kind: 'hmac',
      sig: { from: 'header:stripe-signature', split: ',', prefix: 'v1=' },
      ts: { from: 'sig:t=', tol: 300 },
      content: '{ts}.{body}',
      id: ['json:id'],
    },
    secretLabel: 'Signing secret (whsec_…)',
    setup: [
      'In the Stripe dashboard open “Developers”, “Webhooks” and add a destination.',
      'Choose the events, then “Webhook endpoint”, and paste this URL.',
      'On the page of the new destination reveal the “Signing secret”, paste it here whole, and save.',
      'Test mode and live mode have a secret each: add both if both call this URL.',
    ],
    docs: 'https://docs.stripe.com/webhooks/signature',
  },
  {
    id: 'paddle',
    title: 'Paddle',
    scheme: {
      kind: 'hmac',
      sig: { from: 'header:paddle-signature', split: ';', prefix: 'h1=' },
      ts: { from: 'sig:ts=', tol: 5 },
      content: '{ts}:{body}',
      id: ['json:event_id'],
    },
    secretLabel: 'Secret key (pdl_ntfset_…)',
    setup: [
      'In Paddle open “Developer tools”, “Notifications”, “New destination”.',
      PASTE_URL,
      CHOOSE_EVENTS,
      'Edit the destination, copy its “Secret key”, paste it here, and save.',
      'Paddle allows its time to be 5 seconds off: widen the tolerance here if your clock is less exact.',
    ],
    docs: 'https://developer.paddle.com/webhooks/signature-verification',
  },
  {
    id: 'square',
    title: 'Square',
    scheme: {
      kind: 'hmac',
      sig: { from: 'header:x-square-hmacsha256-signature', enc: 'base64' },
      content: '{url}{body}',
      id: ['json:event_id'],
    },
    secretLabel: 'Signature key',
    setup: [
      'In the Square developer console open your application, “Webhooks”, “Subscriptions”, “Add subscription”.',
      'Paste this URL exactly as it is shown here, because Square signs it.',
      CHOOSE_EVENTS,
      'Open the subscription, show its “Signature key”, paste it here, and save.',
      SEND_TEST,
    ],
    docs: 'https://developer.squareup.com/docs/webhooks/step3validate',
  },
  {
    id: 'lemonsqueezy',
    title: 'Lemon Squeezy',
    scheme: { kind: 'hmac', sig: { from: 'header:x-signature' }, content: '{body}' },
    secretLabel: 'Signing secret',
    setup: ['Open “Settings”, “Webhooks” and add a webhook.', PASTE_URL, MAKE_UP_SECRET, CHOOSE_EVENTS],
    docs: 'https://docs.lemonsqueezy.com/help/webhooks/signing-requests',
  },
  {
    id: 'shopify',
    title: 'Shopify',
    scheme: {
      kind: 'hmac',
      sig: { from: ['header:x-shopify-hmac-sha256', 'header:shopify-hmac-sha256'], enc: 'base64' },
      content: '{body}',
      // One event of several topics is several deliveries with one event id.
      id: [
        'fields:header:x-shopify-topic,header:x-shopify-event-id',
        'header:x-shopify-event-id',
        'header:x-shopify-webhook-id',
        'header:shopify-webhook-id',
        'header:shopify-event-id',
      ],
    },
    secretLabel: 'Client secret, or the signing secret of the shop',
    setup: [
      'For one shop open its admin, “Settings”, “Notifications”, “Webhooks”, and create a webhook in JSON with this URL.',
      'Copy the secret shown under the list of webhooks, paste it here, and save.',
      'For an app create the subscription in its configuration or through the API; its secret is the app’s “Client secret”.',
      'Answer within 5 seconds: keep this workflow asynchronous.',
    ],
    docs: 'https://shopify.dev/docs/apps/build/webhooks/subscribe/https',
  },
  {
    id: 'adyen',
    title: 'Adyen (payments)',
    scheme: null,
    covers: { body: 'part', url: false, tolerance: null },
    idSigned: true,
    secretLabel: 'HMAC key (hex)',
    setup: [
      'In the Customer Area open “Developers”, “Webhooks”, and create a “Standard webhook” with this URL and JSON.',
      'Under “Security” generate an HMAC key, paste it here, and save on both sides.',
      'Use “Test configuration” there and look for the calls in the deliveries here.',
    ],
    docs: 'https://docs.adyen.com/development-resources/webhooks/secure-webhooks/verify-hmac-signatures',
  },
  {
    id: 'adyen-platform',
    title: 'Adyen (platforms and issuing)',
    scheme: {
      kind: 'hmac',
      sig: { from: 'header:hmacsignature', enc: 'base64' },
      content: '{body}',
      key: { enc: 'hex' },
    },
    secretLabel: 'HMAC key (hex)',
    setup: [
      'In the Balance Platform Customer Area open “Developers”, “Webhooks”, and create a webhook of the kind that you want.',
      PASTE_URL,
      'Under “Security” generate an HMAC key, paste it here, and save on both sides.',
    ],
    docs: 'https://docs.adyen.com/development-resources/webhooks/secure-webhooks/verify-hmac-signatures',
  },
  {
    id: 'paypal',
    title: 'PayPal',
    scheme: null,
    // PayPal sends again for three days.
    covers: { body: 'checksum', url: false, tolerance: 259_200 },
    idSigned: true,
    singleUseId: 'header:paypal-transmission-id',
    secretLabel: 'Webhook ID',
    setup: [
      'In the PayPal developer dashboard open “Apps & Credentials” and your app.',
      'Under “Webhooks” add a webhook with this URL, and choose the events.',
      'Copy the “Webhook ID” of the new webhook, paste it here, and save.',
      'Sandbox and live have webhooks of their own: add both IDs if both call this URL.',
      'Know that PayPal signs a CRC-32 of the body only: before money moves, ask PayPal’s API for the payment that a call names.',
    ],
    docs: 'https://developer.paypal.com/api/rest/webhooks/rest/',
  },
  {
    id: 'alipay',
    title: 'Alipay (支付宝)',
    scheme: null,
    // Alipay sends again for 25 hours.
    covers: { body: 'whole', url: false, tolerance: 90_000 },
    idSigned: true,
    secretLabel: 'Alipay public key',
    options: [
      {
        name: 'appId',
        label: 'App IDs',
        help: 'Notifications for another app are refused. Several with spaces between. Empty: any.',
      },
    ],
    setup: [
      'On the Alipay Open Platform open your app, “Development settings”, and its signing method (RSA2).',
      'Copy the Alipay public key, not the public key of the app, paste it here, and save.',
      'Give this URL as notify_url when you create a payment, or as the app’s gateway.',
      'Enter the app’s ID here, so that notifications meant for another app are refused.',
    ],
    docs: 'https://opendocs.alipay.com/common/02mse7',
  },
  {
    id: 'wechatpay',
    title: 'WeChat Pay (微信支付)',
    scheme: {
      kind: 'rsa',
      sig: { from: 'header:wechatpay-signature', enc: 'base64' },
      ts: { from: 'header:wechatpay-timestamp', tol: 300 },
      content: '{ts}\n{header:wechatpay-nonce}\n{body}\n',
      key: { enc: 'pem', idFrom: 'header:wechatpay-serial' },
      id: ['json:id'],
      decrypt: {
        ciphertext: 'json:resource.ciphertext',
        nonce: 'json:resource.nonce',
        aad: 'json:resource.associated_data',
        key: 'config:apiV3Key',
      },
    },
    secretLabel: 'WeChat Pay public key or platform certificate (PEM)',
    options: [
      {
        name: 'apiV3Key',
        label: 'APIv3 key',
        help: '32 characters. With it, the workflow gets the decrypted resource in place of the envelope.',
        secret: true,
      },
    ],
    setup: [
      'In the merchant platform open “Account”, “API security”, and set an APIv3 key; enter it here.',
      'Download the WeChat Pay public key, or the platform certificate, and paste it here as PEM.',
      'Name the secret after its key ID (PUB_KEY_ID_…); a certificate is known by its serial number anyway.',
      'Give this URL as notify_url when you create a payment.',
    ],
    docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012365342',
  },
];
