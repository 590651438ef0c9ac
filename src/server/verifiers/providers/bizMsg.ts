import type { CodeProviderInput, NotVerified, VerifyRequest } from '../types';
import { decryptMessage, parseAesKey, sortedDigest, type BizMessage } from './bizMsgCrypt';
import { checkTime, decodeHex, equalBytes, findSecret, listOption, noSecret, refuse, requiredQuery } from './fields';

/** Where a provider puts the container's parts, and how it writes the time. */
export interface BizMsgFormat {
  signature: string[];
  timestamp: string[];
  /** Timestamps in milliseconds. */
  milliseconds?: boolean;
  /** Default tolerance in seconds. */
  tolerance: number;
}

/** An opened container, with what is needed to answer in kind. */
export interface OpenedMessage extends BizMessage {
  secretName: string | null;
  token: string;
  aesKey: Buffer;
}

/**
 * Checks a container's signature and time, opens it, and checks whom it is for. What the URL says is looked at before
 * `readEncrypted` reads the envelope: a stranger's need not be parsed.
 * Secrets are tokens; the options `encodingAESKey` and `receiveId` may hold several values, for a change-over.
 */
export function openBizMessage(
  input: CodeProviderInput & { request: VerifyRequest },
  format: BizMsgFormat,
  readEncrypted: () => string | NotVerified,
): OpenedMessage | NotVerified {
  const aesKeys = listOption(input, 'encodingAESKey').flatMap((text) => parseAesKey(text) ?? []);
  if (aesKeys.length === 0) {
    return refuse('SETTINGS_UNUSABLE', { detail: 'keys' });
  }
  const signed = readSignature(input, format);
  if ('ok' in signed) {
    return signed;
  }
  const encrypted = readEncrypted();
  if (typeof encrypted !== 'string') {
    return encrypted;
  }
  // For all tokens at once: it may be long.
  const signedPart = Buffer.from(encrypted);
  const secret = findSecret(input.secrets, (token) =>
    equalBytes(sortedDigest([token, signed.timestamp, signed.nonce, signedPart]), signed.expected),
  );
  if (!secret) {
    return noSecret(input.secrets) ?? refuse('SIGNATURE_MISMATCH');
  }
  for (const aesKey of aesKeys) {
    const opened = decryptMessage(aesKey, encrypted);
    if (opened) {
      return checkReceiver(input, opened) ?? { ...opened, secretName: secret.name, token: secret.value, aesKey };
    }
  }
  return refuse('MESSAGE_NOT_OPENED', { key: 'EncodingAESKey' });
}

/** What the URL says of the signature, if it has the right form and its time is near. */
function readSignature({ request, now, tolerance }: CodeProviderInput, format: BizMsgFormat) {
  const signature = requiredQuery(request, ...format.signature);
  const timestamp = requiredQuery(request, ...format.timestamp);
  const nonce = requiredQuery(request, 'nonce');
  if (typeof signature !== 'string') return signature;
  if (typeof timestamp !== 'string') return timestamp;
  if (typeof nonce !== 'string') return nonce;
  const expected = decodeHex(signature, 20);
  if (!expected || !/^\d{1,16}$/.test(timestamp)) {
    return refuse('SIGNATURE_MALFORMED', {
      places: format.signature.map((name) => `query:${name}`),
      form: 'SHA-1, hex; timestamp',
    });
  }
  const signedAt = Number(timestamp) / (format.milliseconds ? 1000 : 1);
  return checkTime(signedAt, now, tolerance ?? format.tolerance) ?? { expected, timestamp, nonce };
}

function checkReceiver(input: CodeProviderInput, { receiveId }: BizMessage): NotVerified | null {
  const allowed = listOption(input, 'receiveId');
  const matches = allowed.length === 0 ? receiveId === '' : allowed.includes(receiveId);
  return matches ? null : refuse('OTHER_RECIPIENT', { recipient: receiveId });
}
