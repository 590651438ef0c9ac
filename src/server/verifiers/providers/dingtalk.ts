import { randomBytes } from 'node:crypto';
import { toleranceOf } from '../../../common/replayable';
import type { CodeProvider, ProviderReply } from '../types';
import { openBizMessage, type BizMsgFormat, type OpenedMessage } from './bizMsg';
import { encryptMessage, sortedDigest } from './bizMsgCrypt';
import { contentId, parseJsonObject, refuse } from './fields';

/** Both spellings are in use: DingTalk's own sample code reads either. */
const FORMAT: BizMsgFormat = {
  signature: ['msg_signature', 'signature'],
  timestamp: ['timestamp', 'timeStamp'],
  milliseconds: true,
  tolerance: toleranceOf('dingtalk'),
};

/** Calls that only check the URL; those of suites want `Random` back in place of `success`. */
const CHALLENGES: ReadonlySet<unknown> = new Set(['check_url', 'check_create_suite_url', 'check_update_suite_url']);

/**
 * DingTalk event subscription over HTTP. Every answer is an encrypted `success`, else DingTalk sends again.
 * https://github.com/open-dingtalk/DingTalk-Callback-Crypto
 */
export const dingtalk: CodeProvider = (input) => {
  const opened = openBizMessage(input, FORMAT, () => {
    const encrypt = parseJsonObject(input.request.rawBody)?.encrypt;
    return typeof encrypt === 'string' ? encrypt : refuse('MESSAGE_MALFORMED', { expected: 'encrypt' });
  });
  if ('ok' in opened) {
    return opened;
  }
  const event = parseJsonObject(opened.message);
  if (!event) {
    return refuse('MESSAGE_MALFORMED', { expected: 'JSON' });
  }
  const { secretName } = opened;
  if (CHALLENGES.has(event.EventType)) {
    const answer = typeof event.Random === 'string' ? event.Random : 'success';
    const handshake = { kind: String(event.EventType), ...encryptedReply(opened, answer, input.now) };
    return { ok: true, secretName, deliveryId: null, handshake };
  }
  return {
    ok: true,
    secretName,
    // Most events carry no id, but all carry their time in milliseconds.
    deliveryId: typeof event.eventId === 'string' && event.eventId ? event.eventId : contentId(opened.message),
    plaintext: { body: opened.message, contentType: 'application/json' },
    reply: encryptedReply(opened, 'success', input.now),
  };
};

function encryptedReply({ token, aesKey, receiveId }: OpenedMessage, text: string, now: number): ProviderReply {
  const encrypt = encryptMessage(aesKey, { message: Buffer.from(text), receiveId });
  const timeStamp = String(Math.round(now * 1000));
  const nonce = randomBytes(8).toString('hex');
  const signature = sortedDigest([token, timeStamp, nonce, encrypt]).toString('hex');
  return {
    status: 200,
    contentType: 'application/json',
    body: JSON.stringify({ msg_signature: signature, timeStamp, nonce, encrypt }),
  };
}
