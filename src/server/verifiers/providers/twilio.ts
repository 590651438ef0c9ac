import { createHash, createHmac } from 'node:crypto';
import { parse, stringify } from 'node:querystring';
import { isUtf8Encoded, MAX_FIELDS, readFormFields, readQuery, valuesOf, type FormFields } from '../formFields';
import type { CodeProvider, Verified, VerifyRequest } from '../types';
import { decodeBase64, decodeHex, equalBytes, findSecret, noSecret, refuse, requiredHeader } from './fields';

const FORM_TYPE = 'application/x-www-form-urlencoded';

/** By the bytes of the signature: with the Auth Token, or with a SharedKey where a Webhooks Rule says so. */
const ALGORITHMS: Readonly<Record<number, 'sha1' | 'sha256'>> = { 20: 'sha1', 32: 'sha256' };

/** Twilio sends some thirty fields, and a number for each medium of a message: a few KB in all. */
const MAX_FORM = 262_144;

/**
 * Twilio: HMAC-SHA1 over the URL and the sorted form fields; for any other body over the URL alone, whose
 * `bodySHA256` covers the body. https://www.twilio.com/docs/usage/security#validating-requests
 * HMAC-SHA256 with a SharedKey: examples/WebhookSignatureValidation.md of twilio-node. The header that names the key is
 * not signed and not needed: either secret proves the sender.
 */
export const twilio: CodeProvider = ({ request, secrets }) => {
  const header = requiredHeader(request, 'x-twilio-signature');
  if (typeof header !== 'string') {
    return header;
  }
  const signature = decodeBase64(header);
  const algorithm = ALGORITHMS[signature?.length ?? 0];
  if (!signature || !algorithm) {
    return refuse('The header "x-twilio-signature" is not an HMAC-SHA1 or HMAC-SHA256 in base64.');
  }
  const bodyDigests = valuesOf(readQuery(request.url), 'bodySHA256');
  if (bodyDigests.length > 0 && !coversBody(bodyDigests, request.rawBody)) {
    return refuse('The body is not the one that "bodySHA256" in the URL stands for.');
  }
  const isForm = bodyDigests.length === 0 && isFormBody(request);
  if (bodyDigests.length === 0 && !isForm && request.rawBody.length > 0) {
    return refuse('The body is neither a form nor covered by "bodySHA256" in the URL.');
  }
  if (isForm && request.rawBody.length > MAX_FORM) {
    return refuse(`The form is longer than ${MAX_FORM} bytes.`);
  }
  const form = isForm ? readFormFields(request) : [];
  if (form === null) {
    return refuse(`The form has more than ${MAX_FIELDS} fields.`);
  }
  if (isForm && !isUtf8Encoded(request.rawBody)) {
    return refuse('The form has something in it that is no text in UTF-8, which is what this signature covers.');
  }
  const fields = Buffer.from(signedFields(form));
  const urls = spellings(request.url);
  const secret = findSecret(secrets, (token) =>
    urls.some((url) => equalBytes(createHmac(algorithm, token).update(url).update(fields).digest(), signature)),
  );
  if (!secret) {
    const hint = 'another Auth Token or SharedKey, another public URL, or changed on its way.';
    return noSecret(secrets) ?? refuse(`The signature does not match: ${hint}`);
  }
  // Nothing signed is a time or an id, so the signature itself is what a replay is known by.
  const verified: Verified = { ok: true, secretName: secret.name, deliveryId: signature.toString('base64') };
  // Signed as UTF-8: the header could name another charset.
  return isForm ? { ...verified, plaintext: { body: request.rawBody, contentType: FORM_TYPE } } : verified;
};

function coversBody(digests: string[], body: Buffer): boolean {
  const [digest, ...more] = digests;
  const expected = more.length === 0 && digest !== undefined ? decodeHex(digest, 32) : null;
  return expected !== null && equalBytes(createHash('sha256').update(body).digest(), expected);
}

function isFormBody({ headers }: VerifyRequest): boolean {
  const type = headers['content-type'];
  return typeof type === 'string' && /^application\/x-www-form-urlencoded\s*(;|$)/i.test(type);
}

/** Names and values joined with nothing between, sorted; a value that repeats under one name counts once. */
function signedFields(form: FormFields): string {
  const values = new Map<string, Set<string>>();
  for (const [name, value] of form) {
    values.set(name, (values.get(name) ?? new Set()).add(value));
  }
  return [...values.keys()]
    .sort()
    .map((name) =>
      [...(values.get(name) ?? [])]
        .sort()
        .map((value) => name + value)
        .join(''),
    )
    .join('');
}

/**
 * The forms in which Twilio may have signed the URL, as its own SDK tries them: with the port and without, and with
 * special characters such as `'` as received, percent-encoded, or as Node's `querystring` writes them.
 */
function spellings(url: string): string[] {
  if (!URL.canParse(url)) {
    return [];
  }
  const { href, search } = new URL(url);
  // All of it: what stands behind the thousandth parameter, empty ones counted, would be signed by nobody.
  const values = parse(search.slice(1), '&', '=', { maxKeys: 0 });
  const legacy = search === '' ? href : href.replace(search, () => `?${stringify(values)}`);
  return [...new Set([url, href, legacy].flatMap(withAndWithoutPort))];
}

function withAndWithoutPort(url: string): string[] {
  const parts = /^(https?):\/\/([^/?#]*?)(:\d+)?((?:[/?#].*)?)$/i.exec(url);
  if (!parts) {
    return [];
  }
  const [, scheme = '', host = '', port, rest = ''] = parts;
  const standard = scheme.toLowerCase() === 'https' ? ':443' : ':80';
  return [`${scheme}://${host}${rest}`, `${scheme}://${host}${port ?? standard}${rest}`];
}
