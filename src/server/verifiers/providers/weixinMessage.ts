import { contentId, parseJsonObject, refuse } from './fields';
import type { NotVerified, VerifyRequest } from '../types';
import { readXmlFields, singleField } from './xmlFields';

/** The ciphertext in a POST: `<Encrypt>` of an XML envelope, `encrypt` of a robot's JSON. */
export function encryptedPart({ rawBody }: VerifyRequest): string | NotVerified {
  const json = parseJsonObject(rawBody);
  const fields = json ? null : readXmlFields(rawBody.toString('utf8'));
  const encrypted = json ? json.encrypt : fields && singleField(fields, 'Encrypt');
  return typeof encrypted === 'string' && encrypted !== ''
    ? encrypted
    : refuse('MESSAGE_MALFORMED', { expected: 'Encrypt' });
}

/** The decrypted message takes the place of the body. */
export function asBody(message: Buffer): { body: Buffer; contentType: string } {
  return { body: message, contentType: parseJsonObject(message) ? 'application/json' : 'application/xml' };
}

/**
 * What to know a repeat by: `MsgId`; for events, which have none, sender and time, as Tencent recommends, with the
 * event's name, because one action can raise two events at once; else the message itself.
 */
export function messageId(message: Buffer): string {
  const json = parseJsonObject(message);
  if (json) {
    return typeof json.msgid === 'string' && json.msgid ? json.msgid : contentId(message);
  }
  const fields = readXmlFields(message.toString('utf8'));
  const [id, ...event] = ['MsgId', 'FromUserName', 'CreateTime', 'Event', 'ChangeType'].map(
    (name) => (fields && singleField(fields, name)) ?? '',
  );
  return id || (event[0] && event[1] ? event.filter(Boolean).join(':') : contentId(message));
}
