import type { CodeProvider } from '../types';
import { adyen } from './adyen';
import { alipay } from './alipay';
import { awsSns } from './awsSns';
import { dingtalk } from './dingtalk';
import { feishu } from './feishu';
import { httpMessageSignatures } from './httpMessageSignatures';
import { paypal } from './paypal';
import { twilio } from './twilio';
import { wechatMpSecure } from './wechatMpSecure';
import { wecom } from './wecom';

/** The providers whose scheme is code, by the id that `auth.provider` holds. None throws on a request, whatever it is. */
export const CODE_PROVIDERS: Readonly<Record<string, CodeProvider>> = {
  adyen,
  alipay,
  'aws-sns': awsSns,
  dingtalk,
  feishu,
  'http-message-signatures': httpMessageSignatures,
  paypal,
  twilio,
  'wechat-mp-secure': wechatMpSecure,
  wecom,
};
