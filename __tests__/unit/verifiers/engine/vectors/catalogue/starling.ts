import type { ProviderFacts } from '../types';

export const STARLING: ProviderFacts = {
  provider: 'starling',
  covers: ['whole', false, null],
  idSigned: true,
  vectors: [
    {
      source:
        'https://github.com/starlingbank/api-samples, public-api-examples/webhook-verification/v2-webhooks (StarlingV2WebhookSignatureValidator.java, webhook.wsgi), its rule; Python cryptography',
      secret:
        'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAk2XdZit4ugb4dqcuuF0BOwD1CNXj9UIAMzlIhzWQ+7ZA3YRQ+4b9X+PlWWirF10Sz5E3TQwTXeFy0LzNREWO2Di1ZsN0hqW+DR1bFTo1qqmDSCqcVufmeC9dAg8Bska/sB93sRoDcQb58Bg/xjW1K7Ccn6RIEvrGINPgiZcml9Bk3lN4OOA0XttizV/lJtRpTRsfvskIhGNKdjOOw/ljbGBKjJUSS5dJrSCDzy+5R/9EY0kCxBv3kyr4M82GPXkpFTvthWg1rOGpL0O0NXvjN+gYm7H0rMvxEWU5GPjSX1goxiRmF5A2cHQMGoYaNvr4W6/ngLnHX/C6VupzaRJ5HQIDAQAB',
      otherSecret:
        'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAp/4iuOC+jcHLuqil6NHthIrCuqytZz2kQOcqu6yjbdfhFi4ZXmDTJOYhYvwXh/j2aTk4ShVKYz0IFEt2nbng9qS34MSaE5IOC8k8l2AEpC5+b0YmYeRs6BTXQ17uGsLPUuto9aq3k54B4pPGlX50JQaBB6STJ/UQfnrzvGyZar3BGv/Jh3Ag8kUdSf+b5GxoCNXuG5LnKJpgO/AxHT+Dq+Ho3x+QDAeXG+z6wYWJt/BgeMDVttsL/W5J6yNP6eUv4semWT0hPdsvrAnHXXdYJOPkQYZ6Rx9UI4sczt8sZigSG3VgsS1Os7ZvZLP+ioUsGUkLkc6kEQ1TJIrWM2Jb9QIDAQAB',
      request: {
        headers: {
          'x-hook-signature':
            'Y1xowJeYHEDV6wJl7tgZQlhNfdGWf7L+V60RIH5cFg0W7etm4RS97TyNaEvNKk9ffd9p0E0mF0qNTJniDB2cx3EuehKGVpZMTo4IkIONM3yDEBfRSi26NorujLjVfsSq3FNxZscsPlv1NCwfikFhVtV+0UqAAHEF3hMd1PHNFO1Nln/Z6A3zg559WbSP9OX6xtT8H63I3SqOFGNchJK+m4OR6fEekwp4CBX/46UpwkQXL1x7HxJAs7S4NpAyguaZ5msoEinFoQEugMiywkYA/6rJRyHB2Ud84bhXU4l0k9NM2TlOYyIw5MsBT53qIhS9psxYwLurZ5W0Cq6shRVlxg==',
        },
        body: '{"webhookEventUid":"cbd5d458-ffa9-49d3-9d5a-0007bb913765","webhookType":"FEED_ITEM","eventTimestamp":"2023-11-14T22:13:20.626Z","accountHolderUid":"c2aa79e7-6749-4ba2-83fa-36c69699f266","content":{"feedItemUid":"59d15af8-e715-4772-b3cd-9db46a37ed28","amount":{"currency":"GBP","minorUnits":5600},"direction":"IN","source":"FASTER_PAYMENTS_IN","status":"SETTLED","counterPartyName":"Zoë"}}',
      },
      at: 1700000000,
      deliveryId: 'cbd5d458-ffa9-49d3-9d5a-0007bb913765',
      signature: 'header:x-hook-signature',
    },
  ],
};
