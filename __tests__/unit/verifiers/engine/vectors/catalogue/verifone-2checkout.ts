import type { ProviderFacts } from '../types';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const COMMON = {
  secret: 'AABBCCDDEEFF',
  otherSecret: 'another-secret',
  at: 1_700_000_000,
  signature: 'form:SIGNATURE_SHA2_256',
  signsBody: false,
};
const receipt = (hash: string, date = '20231114221320') => ({
  status: 200,
  contentType: 'text/plain',
  body: `<sig algo="sha256" date="${date}">${hash}</sig>`,
});
const aYearLater = (hash: string) => receipt(hash, '20241113221320');

export const VERIFONE_2CHECKOUT: ProviderFacts = {
  provider: 'verifone-2checkout',
  covers: ['none', false, null],
  idSigned: true,
  vectors: [
    {
      ...COMMON,
      source:
        'https://verifone.cloud/docs/2checkout/API-Integration/Webhooks/06Instant_Payment_Notification_IPN/IPN-read-receipt-response-2Checkout, its key and values; computed with Python hmac',
      request: {
        headers: FORM,
        body: 'SALEDATE=2023-06-09+15%3A26%3A18&REFNO=211153389&REFNOEXT=&ORDERNO=25430&ORDERSTATUS=COMPLETE&FIRSTNAME=Z%C3%B6e&IPN_PID%5B%5D=1&IPN_PID%5B%5D=2&IPN_PNAME%5B%5D=Software+program&IPN_PNAME%5B%5D=Manual&MESSAGE_ID=254498854202&MESSAGE_TYPE=COMPLETE&IPN_TOTALGENERAL=29.99&IPN_DATE=20231114221319&HASH=972e6c0b522746eeba22e0930a3d4e05&SIGNATURE_SHA2_256=d9942e8588a8c697fbb6eb1ba44d719e02218add5875819dd0e6f372684af694&SIGNATURE_SHA3_256=efb55eb4e7b460f1b167946902982b045596a1499a7320bd346777738849ce01',
      },
      deliveryId: '18887eeadbad61d4ef1f245cef7ecb165c7b1df35c419bac137fbe7927e3c5d2',
      reply: receipt('dbc39a36098dd00c5393b8d543a4a494a141a280460c7020688f8827f21e6392'),
      replyAYearLater: aYearLater('4213aece246ab80d7520a03e88532983bedf4c0dc86f831127b5b22f549db152'),
    },
    {
      ...COMMON,
      source: 'the same with the numbers that PHP gives to items of a list; computed with Python hmac, https://php.net',
      request: {
        headers: FORM,
        body: 'SALEDATE=2023-06-09+15%3A26%3A18&REFNO=211153389&REFNOEXT=&ORDERNO=25430&ORDERSTATUS=COMPLETE&FIRSTNAME=Z%C3%B6e&IPN_PID%5B0%5D=1&IPN_PNAME%5B0%5D=Software+program&MESSAGE_ID=254498854202&MESSAGE_TYPE=COMPLETE&IPN_TOTALGENERAL=29.99&IPN_DATE=20231114221319&HASH=b3c96b103625afbe1ed8778d69c81698&SIGNATURE_SHA2_256=7a899cc5c4928367e852108dd44becc658428d062e7efcf285de6ce01c07c6a2&SIGNATURE_SHA3_256=bb6d1d18d508524f37e27a86c029af0dca3cba18ee80e375aa7c0dfa9a7f4631',
      },
      deliveryId: '1c96e745bc82bc1adadca65c942d810c0e239e2a79ae332abfc31e77b72448d2',
      reply: receipt('dbc39a36098dd00c5393b8d543a4a494a141a280460c7020688f8827f21e6392'),
      replyAYearLater: aYearLater('4213aece246ab80d7520a03e88532983bedf4c0dc86f831127b5b22f549db152'),
    },
    {
      ...COMMON,
      source:
        'https://docs.2checkout.com/2checkout-apis/2checkout-apis/webhooks/license-change-notification-lcn/lcn-read-receipt-response-for-2checkout, its key and values; computed with Python hmac',
      request: {
        headers: FORM,
        body: 'FIRSTNAME=John&LASTNAME=Smith&LICENSE_CODE=3C343D0FAF&EXPIRATION_DATE=2005-03-03&STATUS=DISABLED&HASH=786ed4b2c9434ec297bfaa7fb06126d5&SIGNATURE_SHA2_256=3bd2d222363d66fd8bcb2931ec9c44f4a0223e32d7c164f823fd93ef1387e0ca&SIGNATURE_SHA3_256=d62a47ec9592531ffeb2a72455c6af80127cb5f6cfb1e6622975543470eeb89b',
      },
      deliveryId: '9e45c0814187c8e17d488dd62ca910aafb32c67ce7b1ba490b79b8331b873851',
      reply: receipt('e49fc92b7282d4bcf71754e2b3379ff0cbf15c4f816d198f70ac58e50af0c8f2'),
      replyAYearLater: aYearLater('c09de0b6215d571cb652fb36e92a44d883104a009c51c68317eaec79c5cefe7a'),
    },
  ],
  challenges: [
    {
      name: '2Checkout: whether the URL answers',
      source:
        'https://verifone.cloud/docs/2checkout/API-Integration/Webhooks/06Instant_Payment_Notification_%2528IPN%2529/IPN-code-samples',
      secrets: [],
      request: { method: 'GET' },
      at: 1_700_000_000,
      reply: { kind: 'probe', status: 200 },
    },
  ],
};
