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

/**
 * The providers whose scheme is code, by the id that `auth.provider` holds. None throws on a request, whatever it is.
 *
 * | id | a secret is | options |
 * |---|---|---|
 * | adyen | an HMAC key, hex | |
 * | alipay | a public key of Alipay (not the app's), base64 or PEM | `appId`, a list |
 * | aws-sns | (there is none) | `topicArn`, a list, `*` at an end stands for the rest; required |
 * | dingtalk, wechat-mp-secure, wecom | a token | `encodingAESKey`, secret, required; `receiveId`, a list |
 * | feishu | an Encrypt Key | `verificationToken`, secret |
 * | http-message-signatures | a shared secret or a public key; its name is the `keyid` | `components`, a list; `algorithm`; `tag`; `keyEncoding` |
 * | paypal | a webhook id | |
 * | twilio | an Auth Token | |
 *
 * A list is an array, or a text with spaces or commas between.
 */
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
