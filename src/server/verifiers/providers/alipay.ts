import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { toleranceOf } from '../../../common/replayable';
import { percentDecode } from '../../units';
import type { CodeProvider, NotVerified } from '../types';
import { isUnfit } from '../jwtKeys';
import { checkTime, contentId, decodeBase64, findSecret, listOption, noSecret, refuse } from './fields';

const TOLERANCE = toleranceOf('alipay');

/** By the documentation `sign_type` is not signed; for some products it is, and Alipay's SDK tries both. */
const UNSIGNED = [['sign', 'sign_type'], ['sign']] as const;

const FORM_TYPE = 'application/x-www-form-urlencoded';

/** Notifications have some 40 fields. */
const MAX_FIELDS = 500;

/** Ampersands in one value: a title or a remark may have a few. */
const MAX_PARTS = 500;

/**
 * Alipay asynchronous notifications (异步通知): RSA2 over the decoded form fields, sorted. Secrets are Alipay's public
 * keys, not the app's own. The option `appId` may name the apps whose notifications are taken.
 * https://opendocs.alipay.com/common/02mse7
 */
export const alipay: CodeProvider = (input) => {
  const { request, secrets, now, tolerance } = input;
  const form = readForm(request.rawBody);
  if (!form) {
    return refuse('The body is not a form, or has a field twice.');
  }
  if (!UNSIGNED.every((without) => readsOneWay(form, without))) {
    return refuse('What is signed can be taken apart into other fields than these.');
  }
  const signature = decodeBase64(form.get('sign') ?? '');
  if (!signature || form.get('sign_type') !== 'RSA2') {
    return refuse('The field "sign" is missing or malformed, or "sign_type" is not RSA2.');
  }
  const contents = UNSIGNED.map((without) => signedContent(form, without));
  const secret = findSecret(secrets, (text) => {
    const key = publicKey(text);
    return key !== null && contents.some((content) => verify('sha256', content, key, signature));
  });
  if (!secret) {
    return noSecret(secrets) ?? refuse("The signature does not match: not Alipay's public key, or changed on its way.");
  }
  const appIds = listOption(input, 'appId');
  const appId = form.get('app_id') ?? '';
  if (appIds.length > 0 && !appIds.includes(appId)) {
    return refuse(`The notification is for the app "${appId.slice(0, 100)}", which is not set here.`);
  }
  return (
    lateRefusal(signedAt(form), now, tolerance) ?? {
      ok: true,
      secretName: secret.name,
      deliveryId: form.get('notify_id') || contentId(signature),
      plaintext: { body: request.rawBody, contentType: formType(form) },
      reply: { status: 200, contentType: 'text/plain', body: 'success' },
    }
  );
};

/** Decoded fields as bytes (one char each), so that a form in GBK is signed as it was sent. */
function readForm(body: Buffer): Map<string, string> | null {
  const pairs = body.toString('latin1').split('&');
  const form = new Map<string, string>();
  for (const pair of pairs.length > MAX_FIELDS ? [] : pairs) {
    const end = pair.indexOf('=');
    const name = decodeBytes(end === -1 ? pair : pair.slice(0, end));
    if (name === '' || form.has(name)) {
      return null;
    }
    form.set(name, end === -1 ? '' : decodeBytes(pair.slice(end + 1)));
  }
  return form.size > 0 ? form : null;
}

/**
 * Values are signed without being escaped, so that who has seen a notification could put two fields into one, or make
 * two of one: `a=1&b=2`. Of what Alipay signs, sorted by name, no part of a value may be a field between its own and
 * the next.
 */
function readsOneWay(form: Map<string, string>, without: readonly string[]): boolean {
  const names = signedNames(form, without);
  return names.every((name, index) => {
    const next = names[index + 1];
    const parts = (form.get(name) ?? '').split('&', MAX_PARTS + 2).slice(1);
    const others = parts.filter((part) => part.includes('=')).map((part) => part.slice(0, part.indexOf('=')));
    const isPlain = parts.length <= MAX_PARTS && !/[=&]/.test(name);
    return isPlain && others.every((other) => other <= name || (next !== undefined && other >= next));
  });
}

/** The header is signed by nobody; the form itself says its charset. */
function formType(form: Map<string, string>): string {
  const charset = form.get('charset') ?? '';
  return /^[\w-]+$/.test(charset) ? `${FORM_TYPE}; charset=${charset}` : FORM_TYPE;
}

function decodeBytes(text: string): string {
  return percentDecode(Buffer.from(text, 'latin1')).toString('latin1');
}

function signedNames(form: Map<string, string>, without: readonly string[]): string[] {
  return [...form.keys()].filter((name) => !without.includes(name)).sort();
}

function signedContent(form: Map<string, string>, without: readonly string[]): Buffer {
  const pairs = signedNames(form, without).map((name) => `${name}=${form.get(name)}`);
  return Buffer.from(pairs.join('&'), 'latin1');
}

/** A PEM key or certificate, or the bare base64 (SPKI) that Alipay's console shows. */
function publicKey(text: string): KeyObject | null {
  try {
    const key = text.includes('-----BEGIN ')
      ? createPublicKey(text)
      : createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'rsa' && !isUnfit(key) ? key : null;
  } catch {
    return null;
  }
}

/** A time that isn't there is missed only where the maker asks for one. */
function lateRefusal(time: number | null, now: number, tolerance: number | undefined): NotVerified | null {
  return time === null && tolerance === undefined ? null : checkTime(time ?? NaN, now, tolerance ?? TOLERANCE);
}

/**
 * When the notification was sent, unix seconds; messages to an app's gateway say it in milliseconds. Null: it signs no
 * time, and nobody but Alipay can have left it out.
 */
function signedAt(form: Map<string, string>): number | null {
  const time = form.get('notify_time');
  const milliseconds = form.get('utc_timestamp');
  if (time !== undefined) {
    return chinaTime(time);
  }
  return milliseconds === undefined ? null : /^\d{13}$/.test(milliseconds) ? Number(milliseconds) / 1000 : NaN;
}

/** `yyyy-MM-dd HH:mm:ss` in China's time, as unix seconds. */
function chinaTime(text: string): number {
  return /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(text)
    ? Date.parse(`${text.replace(' ', 'T')}+08:00`) / 1000
    : NaN;
}
