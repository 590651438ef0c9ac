// Framework-free.

import type { Provider } from '../provider';
import { TOKEN_IN_URL, ONLY_HTTPS } from '../steps';

export const TENCENT_EVENTBRIDGE: Provider = {
  id: 'tencent-eventbridge',
  title: 'Tencent Cloud EventBridge (腾讯云事件总线)',
  event: { from: ['json:type'], names: ['cos:created:object'] },
  scheme: {
    kind: 'token',
    sig: { from: 'query:token' },
    // CloudEvents: an id is unique within its source.
    id: ['fields:json:source,json:id'],
  },
  secretLabel: 'Token',
  setup: [
    'At Tencent Cloud open “EventBridge”, “Event rules”, the rule, and add the target that calls a URL.',
    TOKEN_IN_URL,
    ONLY_HTTPS,
  ],
  example: {
    json: {
      specversion: '1.0',
      id: '13a3f42d-7258-4ada-da6d-023a333b4662',
      type: 'cos:created:object',
      source: 'cos.cloud.tencent',
      subject: 'qcs::cos:ap-guangzhou:uid1250000000:bucketname',
      time: '1615430559146',
      region: 'ap-guangzhou',
      datacontenttype: 'application/json;charset=utf-8',
      data: { key: 'a.txt' },
    },
  },
  docs: 'https://www.tencentcloud.com/document/product/1108/46255',
};
