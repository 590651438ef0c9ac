import { toleranceOf } from '../../../common/replayable';
import type { CodeProvider, CodeProviderInput, VerifyResult } from '../types';
import { openBizMessage, type BizMsgFormat } from './bizMsg';
import { sortedDigest } from './bizMsgCrypt';
import { checkTime, decodeHex, equalBytes, findSecret, noSecret, refuse, requiredQuery } from './fields';
import { asBody, encryptedPart, messageId } from './weixinMessage';

const FORMAT: BizMsgFormat = {
  signature: ['msg_signature'],
  timestamp: ['timestamp'],
  tolerance: toleranceOf('wechat-mp-secure'),
};

/**
 * WeChat official accounts in secure mode. Messages come encrypted; the URL challenge does not.
 * https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Message_encryption_and_decryption_instructions.html
 */
export const wechatMpSecure: CodeProvider = (input) => {
  if (input.request.method === 'GET') {
    return challenge(input);
  }
  const opened = openBizMessage(input, FORMAT, () => encryptedPart(input.request));
  if ('ok' in opened) {
    return opened;
  }
  return {
    ok: true,
    secretName: opened.secretName,
    deliveryId: messageId(opened.message),
    plaintext: asBody(opened.message),
    reply: { status: 200, contentType: 'text/plain', body: 'success' },
  };
};

/** `signature` covers token, timestamp and nonce; `echostr` goes back as it came. */
function challenge({ request, secrets, now, tolerance }: CodeProviderInput): VerifyResult {
  const signature = requiredQuery(request, 'signature');
  const timestamp = requiredQuery(request, 'timestamp');
  const nonce = requiredQuery(request, 'nonce');
  const echo = requiredQuery(request, 'echostr');
  if (typeof signature !== 'string') return signature;
  if (typeof timestamp !== 'string') return timestamp;
  if (typeof nonce !== 'string') return nonce;
  if (typeof echo !== 'string') return echo;
  const expected = decodeHex(signature, 20);
  if (!expected || !/^\d{1,16}$/.test(timestamp)) {
    return refuse('SIGNATURE_MALFORMED', { places: ['query:signature'], form: 'SHA-1, hex; timestamp' });
  }
  const secret = findSecret(secrets, (token) => equalBytes(sortedDigest([token, timestamp, nonce]), expected));
  if (!secret) {
    return noSecret(secrets) ?? refuse('SIGNATURE_MISMATCH');
  }
  return (
    checkTime(Number(timestamp), now, tolerance ?? FORMAT.tolerance) ?? {
      ok: true,
      secretName: secret.name,
      deliveryId: null,
      handshake: { kind: 'echostr', status: 200, contentType: 'text/plain', body: echo },
    }
  );
}
