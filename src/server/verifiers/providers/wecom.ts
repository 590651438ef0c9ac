import { toleranceOf } from '../../../common/replayable';
import type { CodeProvider } from '../types';
import { openBizMessage, type BizMsgFormat } from './bizMsg';
import { requiredQuery } from './fields';
import { asBody, encryptedPart, messageId } from './weixinMessage';

const FORMAT: BizMsgFormat = {
  signature: ['msg_signature'],
  timestamp: ['timestamp'],
  tolerance: toleranceOf('wecom'),
};

/**
 * WeCom (企业微信): XML for apps, JSON for robots, whose receive id is empty.
 * https://developer.work.weixin.qq.com/document/path/90930
 */
export const wecom: CodeProvider = (input) => {
  const { request } = input;
  const isChallenge = request.method === 'GET';
  const opened = openBizMessage(input, FORMAT, () =>
    isChallenge ? requiredQuery(request, 'echostr') : encryptedPart(request),
  );
  if ('ok' in opened) {
    return opened;
  }
  const { message, secretName } = opened;
  return isChallenge
    ? {
        ok: true,
        secretName,
        deliveryId: null,
        // Bare: no quotes, no line end, no byte order mark, or WeCom does not take the URL.
        handshake: { kind: 'echostr', status: 200, contentType: 'text/plain', body: message.toString('utf8') },
      }
    : {
        ok: true,
        secretName,
        deliveryId: messageId(message),
        plaintext: asBody(message),
        // Anything but an empty body would have to be an encrypted reply.
        reply: { status: 200, contentType: 'text/plain', body: '' },
      };
};
