import type { Vector } from './types';

const BY_PYTHON = 'computed once with Python hmac/hashlib';

const PAGERDUTY_BODY =
  '{"event":{"id":"01BWDWL3NYY7LUFPZCC28QUCMK","event_type":"incident.priority_updated","resource_type":"incident","occurred_at":"2021-04-26T17:36:27.458Z","agent":{"html_url":"https://acme.pagerduty.com/users/PLH1HKV","id":"PLH1HKV","self":"https://api.pagerduty.com/users/PLH1HKV","summary":"Tenex Engineer","type":"user_reference"},"client":null,"data":{"id":"PGR0VU2","type":"incident","self":"https://api.pagerduty.com/incidents/PGR0VU2","html_url":"https://acme.pagerduty.com/incidents/PGR0VU2","number":2,"status":"triggered","title":"A little bump in the road","service":{"html_url":"https://acme.pagerduty.com/services/PF9KMXH","id":"PF9KMXH","self":"https://api.pagerduty.com/services/PF9KMXH","summary":"API Service","type":"service_reference"},"assignees":[{"html_url":"https://acme.pagerduty.com/users/PTUXL6G","id":"PTUXL6G","self":"https://api.pagerduty.com/users/PTUXL6G","summary":"User 123","type":"user_reference"}],"escalation_policy":{"html_url":"https://acme.pagerduty.com/escalation_policies/PUS0KTE","id":"PUS0KTE","self":"https://api.pagerduty.com/escalation_policies/PUS0KTE","summary":"Default","type":"escalation_policy_reference"},"teams":[{"html_url":"https://acme.pagerduty.com/teams/PFCVPS0","id":"PFCVPS0","self":"https://api.pagerduty.com/teams/PFCVPS0","summary":"Engineering","type":"team_reference"}],"priority":{"html_url":"https://acme.pagerduty.com/account/incident_priorities","id":"PSO75BM","self":"https://api.pagerduty.com/priorities/PSO75BM","summary":"P1","type":"priority_reference"},"urgency":"high","conference_bridge":{"conference_number":1000,"conference_url":"https://example.com"},"resolve_reason":null}}}';

const HUBSPOT_BODY =
  '[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,"changeSource":"CRM","changeFlag":"NEW","appId":54321}]';

/** Of the secret and the body that Atlassian's own documentation gives. */
const ATLASSIAN_EXAMPLE = 'sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9';

/** Schemes that sign the body and no time. */
export const BODY_VECTORS: Vector[] = [
  {
    provider: 'github',
    source: 'https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries, “Testing”',
    secret: "It's a Secret to Everybody",
    otherSecret: 'It is no Secret to Everybody',
    request: {
      headers: {
        'x-hub-signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
        'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958',
      },
      body: 'Hello, World!',
    },
    at: 1_700_000_000,
    deliveryId: '72d3162e-cc78-11e3-81ab-4c9367dc0958',
    signature: 'header:x-hub-signature-256',
  },
  {
    provider: 'bitbucket',
    source: 'https://support.atlassian.com/bitbucket-cloud/docs/manage-webhooks/, “Test your implementation”',
    secret: "It's a Secret to Everybody",
    otherSecret: 'It is no Secret to Everybody',
    request: {
      headers: { 'x-hub-signature': ATLASSIAN_EXAMPLE, 'x-request-uuid': 'b4b2bd2a-3b5c-4d8a-9f60-b9b0e3c4c111' },
      body: 'Hello World!',
    },
    at: 1_700_000_000,
    deliveryId: 'b4b2bd2a-3b5c-4d8a-9f60-b9b0e3c4c111',
    signature: 'header:x-hub-signature',
  },
  {
    provider: 'jira',
    source: 'https://developer.atlassian.com/cloud/jira/platform/webhooks/, “Secure admin webhooks”',
    secret: "It's a Secret to Everybody",
    otherSecret: 'It is no Secret to Everybody',
    request: {
      headers: { 'x-hub-signature': ATLASSIAN_EXAMPLE, 'x-atlassian-webhook-identifier': 'jira-delivery-7' },
      body: 'Hello World!',
    },
    at: 1_700_000_000,
    deliveryId: 'jira-delivery-7',
    signature: 'header:x-hub-signature',
  },
  {
    provider: 'meta',
    source: `${BY_PYTHON}; the rule: https://developers.facebook.com/docs/graph-api/webhooks/getting-started, “Validating Payloads”`,
    secret: 'meta-app-secret',
    otherSecret: 'meta-other-secret',
    request: {
      headers: { 'x-hub-signature-256': 'sha256=e75ba76023d32ab0b1fb050aaad9019470e628607449da1477e2fb60ff8d3fbc' },
      body: '{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"messages":[{"id":"wamid.A1"}]}}]}]}',
    },
    at: 1_700_000_000,
    deliveryId: 'wamid.A1',
    signature: 'header:x-hub-signature-256',
  },
  {
    provider: 'notion',
    source: BY_PYTHON,
    secret: 'secret_notion_token_1',
    otherSecret: 'secret_notion_token_2',
    request: {
      headers: { 'x-notion-signature': 'sha256=19e5c3fcf795a25287493ec2e477b594dba7f52cbbe9f5dede3abff4cdd9e1fa' },
      body: '{"id":"1782edd6-a853-4d4a-b02c-9c8c16f28e53","type":"page.created"}',
    },
    at: 1_700_000_000,
    deliveryId: '1782edd6-a853-4d4a-b02c-9c8c16f28e53',
    signature: 'header:x-notion-signature',
  },
  {
    provider: 'intercom',
    source: `${BY_PYTHON}; the rule: https://developers.intercom.com/intercom-api-reference/v1.0/reference/signed-notifications`,
    secret: 'intercom-client-secret',
    otherSecret: 'intercom-other-secret',
    request: {
      headers: { 'x-hub-signature': 'sha1=906d66de2c795f8898e757f4fc890e4cb242b660' },
      body: '{"type":"notification_event","id":"notif_5a1b","topic":"conversation.user.created"}',
    },
    at: 1_700_000_000,
    deliveryId: 'notif_5a1b',
    signature: 'header:x-hub-signature',
  },
  {
    provider: 'typeform',
    source: `${BY_PYTHON}; the rule: https://www.typeform.com/developers/webhooks/secure-your-webhooks/`,
    secret: 'typeform-secret',
    otherSecret: 'typeform-other',
    request: {
      headers: { 'typeform-signature': 'sha256=iDs6foaiuCz5k3NoYq8kNJ+Z/as+fHp7LYyEUzXHgRs=' },
      body: '{"event_id":"01HZX","event_type":"form_response"}',
    },
    at: 1_700_000_000,
    deliveryId: '01HZX',
    signature: 'header:typeform-signature',
  },
  {
    provider: 'airtable',
    source: BY_PYTHON,
    secret: 'YWlydGFibGUtbWFjLXNlY3JldC0xMjM0NTY3ODkwMTI=',
    otherSecret: 'b3RoZXItbWFjLXNlY3JldC0xMjM0NTY3ODkwMTI=',
    request: {
      headers: {
        'x-airtable-content-mac': 'hmac-sha256=c066c176a0500806d0117f30462d1c3f723cf3adf3e02e79f677a3dad7ba9ddd',
      },
      body: '{"base":{"id":"appX"},"webhook":{"id":"achY"},"timestamp":"2022-02-01T21:25:05.663Z"}',
    },
    at: 1_700_000_000,
    deliveryId: '2022-02-01T21:25:05.663Z 6fe08f83dfbf294b09f7ba56dda536dcd9fa445fa6b18e29524f51029d5c2308',
    signature: 'header:x-airtable-content-mac',
  },
  {
    provider: 'lemonsqueezy',
    source: `${BY_PYTHON}; the rule: https://docs.lemonsqueezy.com/help/webhooks/signing-requests and github.com/lmsqueezy/nextjs-billing, src/app/api/webhook/route.ts`,
    secret: 'lemon-secret',
    otherSecret: 'lemon-other',
    request: {
      headers: { 'x-signature': 'ea7b2e8e61b40d4e545a66194a75317232fc04a98c1b2976eb4de40986dbb452' },
      body: '{"meta":{"event_name":"order_created"}}',
    },
    at: 1_700_000_000,
    deliveryId: null,
    signature: 'header:x-signature',
  },
  {
    provider: 'sentry',
    source: BY_PYTHON,
    secret: 'sentry-client-secret',
    otherSecret: 'sentry-other-secret',
    request: {
      headers: {
        'sentry-hook-signature': '470f21240b712f2fa53ab6505fdf65dd15092bf0bb89145f7e6849a12bf8be4c',
        'request-id': 'f0c3a4b0d1e2',
      },
      body: '{"action":"created","data":{"issue":{"id":"1"}}}',
    },
    at: 1_700_000_000,
    deliveryId: 'f0c3a4b0d1e2',
    signature: 'header:sentry-hook-signature',
  },
  {
    provider: 'shopify',
    source: BY_PYTHON,
    secret: 'hush',
    otherSecret: 'hush hush',
    request: {
      headers: {
        'x-shopify-hmac-sha256': 'D0UMXmhjwBRi4y66TmhJrDlhQABD7zI2fm3p6/QLMo8=',
        'x-shopify-webhook-id': 'b54557e4-bdd9-4b37-8a5f-bf7d70bcd043',
        'x-shopify-event-id': '98880550-7158-44d4-b7cd-2c97c8a091b5',
      },
      body: '{"id":820982911946154508,"email":"jon@example.com"}',
    },
    at: 1_700_000_000,
    deliveryId: '98880550-7158-44d4-b7cd-2c97c8a091b5',
    signature: 'header:x-shopify-hmac-sha256',
  },
  {
    provider: 'pagerduty',
    source:
      'https://github.com/PagerDuty/go-pagerduty, webhookv3/webhookv3_test.go, “valid”; a second signature before it',
    secret: 'lDQHScfUeXUKaQRNF+8XIiDKZ7XX3itBAYzwU0TARw8lJqRnkKl2iB1anSb0Z+IK',
    otherSecret: 'mDQHScfUeXUKaQRNF+8XIiDKZ7XX3itBAYzwU0TARw8lJqRnkKl2iB1anSb0Z+IK',
    request: {
      headers: {
        'x-pagerduty-signature':
          'v1=7020c8a7ec668a9b7012bc3dd82e483394b038f4230acc6785efbf2a7d8bcaf5,v1=0c0b9495b893a39e70d1fea2fe11fbe0a825f88b9f67846f6cc07dd2bc5476cd',
      },
      body: PAGERDUTY_BODY,
    },
    at: 1_700_000_000,
    deliveryId: '01BWDWL3NYY7LUFPZCC28QUCMK',
    signature: 'header:x-pagerduty-signature',
    isList: true,
  },
  {
    provider: 'adyen-platform',
    source: BY_PYTHON,
    secret: '44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056',
    otherSecret: '54782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056',
    request: {
      headers: { hmacsignature: 'sCFhiDv+L1emHSRuGwODDOi4oJbuDWPvTsb1x6f1GPI=' },
      body: '{"type":"balancePlatform.transfer.created","environment":"test"}',
    },
    at: 1_700_000_000,
    deliveryId: null,
    signature: 'header:hmacsignature',
  },
  {
    provider: 'square',
    source: BY_PYTHON,
    secret: 'square-signature-key',
    otherSecret: 'square-other-key',
    request: {
      url: 'https://hooks.example.com/api/webhooks/square',
      headers: { 'x-square-hmacsha256-signature': 'nsRvnBX69dUFhzJ61eejstqx8Na2DoRsMXCsFgJ7xwE=' },
      body: '{"merchant_id":"M1","type":"payment.created","event_id":"6a8f5f28-54a1-4eb0-a98a-3111513fd4fc"}',
    },
    at: 1_700_000_000,
    deliveryId: '6a8f5f28-54a1-4eb0-a98a-3111513fd4fc',
    signature: 'header:x-square-hmacsha256-signature',
    signed: ['url'],
  },
  {
    provider: 'hubspot-v1',
    source: 'https://developers.hubspot.com/docs/faq/v1-request-validation',
    secret: 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy',
    otherSecret: 'zyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy',
    request: {
      headers: { 'x-hubspot-signature': '232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de' },
      body: HUBSPOT_BODY,
    },
    at: 1_700_000_000,
    deliveryId: '62515 12345 1 1564113600000',
    signature: 'header:x-hubspot-signature',
  },
  {
    provider: 'hubspot-v2',
    source: 'https://developers.hubspot.com/docs/faq/v2-request-validation, “Example for a GET request”',
    secret: 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy',
    otherSecret: 'zyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy',
    request: {
      method: 'GET',
      url: 'https://www.example.com/webhook_uri',
      headers: { 'x-hubspot-signature': 'eee2dddcc73c94d699f5e395f4b9d454a069a6855fbfa152e91e88823087200e' },
      body: '',
    },
    at: 1_700_000_000,
    deliveryId: null,
    signature: 'header:x-hubspot-signature',
    signed: ['url', 'method'],
  },
];
