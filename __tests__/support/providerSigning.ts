import { createHmac, generateKeyPairSync, randomBytes, sign as signBytes, type KeyObject } from 'node:crypto';
import { encrypt, getSignature } from '@wecom/crypto';

export const JSON_TYPE = { 'content-type': 'application/json' };

export const seconds = (): number => Math.floor(Date.now() / 1000);
/** A random text for a secret or an id. */
export const text = (): string => randomBytes(24).toString('base64url');

export const hmacHex = (secret: string, content: string | Uint8Array): string =>
  createHmac('sha256', secret).update(content).digest('hex');

/** A container of WeCom, WeChat or DingTalk, made by Tencent's own library; `query` proves it. */
export function bizMessage(message: string, { token, aesKey, receiveId, milliseconds = false }: BizAccount) {
  const encrypted = encrypt(aesKey, message, receiveId, randomBytes(16));
  const [timestamp, nonce] = [String(milliseconds ? Date.now() : seconds()), text()];
  const query = { msg_signature: getSignature(token, timestamp, nonce, encrypted), timestamp, nonce };
  return { encrypted, query };
}

export interface BizAccount {
  token: string;
  aesKey: string;
  receiveId: string;
  milliseconds?: boolean;
}

export const newAccount = (milliseconds = false): BizAccount => ({
  token: text(),
  aesKey: randomBytes(33).toString('hex').slice(0, 43),
  receiveId: `id${randomBytes(6).toString('hex')}`,
  milliseconds,
});

export const spki = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'spki' });

const discordKeys = generateKeyPairSync('ed25519');

/** The raw public key of {@link discordHeaders}, hex. */
export const DISCORD_KEY = spki(discordKeys.publicKey).subarray(-32).toString('hex');

/** What Discord signs a body with. */
export function discordHeaders(body: string): Record<string, string> {
  const timestamp = String(seconds());
  const signature = signBytes(null, Buffer.from(timestamp + body), discordKeys.privateKey).toString('hex');
  return { 'x-signature-ed25519': signature, 'x-signature-timestamp': timestamp };
}

/** What Slack signs a body with. */
export function slackHeaders(secret: string, body: string, now = seconds()): Record<string, string> {
  return {
    'x-slack-request-timestamp': String(now),
    'x-slack-signature': `v0=${hmacHex(secret, `v0:${now}:${body}`)}`,
  };
}
