import type { ProviderFacts } from '../types';

export const TENCENT_EVENTBRIDGE: ProviderFacts = {
  provider: 'tencent-eventbridge',
  covers: ['none', false, null],
  idSigned: false,
  shows: ['query:token'],
  vectors: [
    {
      source:
        'https://www.tencentcloud.com/document/product/1108/46255, its rule; the event of the documentation; it documents no signature',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: {},
        body: '{"specversion":"1.0","id":"13a3f42d-7258-4ada-da6d-023a333b4662","type":"cos:created:object","source":"cos.cloud.tencent","subject":"qcs::cos:ap-guangzhou:uid1250000000:bucketname","time":"1615430559146","region":"ap-guangzhou","datacontenttype":"application/json;charset=utf-8","data":{"key":"a.txt"}}',
        url: '/api/webhooks/key?token=a-signing-secret',
      },
      at: 1700000000,
      deliveryId: 'cos.cloud.tencent 13a3f42d-7258-4ada-da6d-023a333b4662',
      signature: 'query:token',
      signsBody: false,
      isToken: true,
    },
  ],
};
