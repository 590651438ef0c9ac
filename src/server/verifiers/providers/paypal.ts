import { verify, X509Certificate } from 'node:crypto';
import { toleranceOf } from '../../../common/replayable';
import { cacheOf, type CachePolicy } from '../fetching/FetchCache';
import { isUnfit } from '../jwtKeys';
import type { CodeProvider, CodeProviderInput, NotVerified } from '../types';
import { crc32 } from './crc32';
import { checkTime, decodeBase64, findSecret, noSecret, refuse, requiredHeader } from './fields';

const TOLERANCE = toleranceOf('paypal');
const CERTIFICATE_HOSTS: ReadonlySet<string> = new Set([
  'api.paypal.com',
  'api-m.paypal.com',
  'api.sandbox.paypal.com',
  'api-m.sandbox.paypal.com',
]);
const CERTIFICATE_PATH = /^\/v1\/notifications\/certs\/[\w-]+$/;
const SUBJECT = /^CN=messageverificationcerts(\.[a-z-]+)?\.paypal\.com$/m;
const CERTIFICATE: CachePolicy = {
  hosts: (host) => CERTIFICATE_HOSTS.has(host),
  maxBytes: 65_536,
  timeoutMs: 5_000,
  maxAge: 86_400,
  coolDown: 60,
};

/**
 * PayPal: RSA-SHA256 over `transmission id|time|webhook id|CRC-32 of the body`. Secrets are webhook ids: PayPal signs
 * for every merchant, and the id is what makes a signature this webhook's. The rule and the certificate's name are
 * those of PayPal's own SDKs (PayPal-Python-SDK `notifications.py`, PayPal-Java-SDK `SSLUtil.java`).
 * https://developer.paypal.com/api/rest/webhooks/rest/
 */
export const paypal: CodeProvider = async (input) => {
  const { request, secrets, now, tolerance } = input;
  const [id, time, algorithm, url, signatureText] = [
    'transmission-id',
    'transmission-time',
    'auth-algo',
    'cert-url',
    'transmission-sig',
  ].map((name) => requiredHeader(request, `paypal-${name}`));
  for (const value of [id, time, algorithm, url, signatureText]) {
    if (typeof value !== 'string') {
      return value ?? refuse('A header is missing.');
    }
  }
  const signature = decodeBase64(String(signatureText));
  if (algorithm !== 'SHA256withRSA' || !signature) {
    return refuse('The signature is malformed, or its algorithm is not SHA256withRSA.');
  }
  // What costs nothing comes before what makes us fetch.
  const refusal = noSecret(secrets) ?? checkTime(Date.parse(String(time)) / 1000, now, tolerance ?? TOLERANCE);
  if (refusal) {
    return refusal;
  }
  const certificate = await fetchCertificate(input, String(url));
  if ('ok' in certificate) {
    return certificate;
  }
  const checksum = crc32(request.rawBody);
  const secret = findSecret(secrets, (webhookId) => {
    const content = Buffer.from(`${String(id)}|${String(time)}|${webhookId}|${checksum}`);
    return verify('sha256', content, certificate.publicKey, signature);
  });
  if (!secret) {
    return refuse('The signature does not match: another webhook id, or changed on its way.');
  }
  cacheOf(input.outbound).confirm(String(url));
  // The body is covered by its CRC-32 alone, so that its own id could be changed; this one is signed, and the same in
  // every attempt.
  return { ok: true, secretName: secret.name, deliveryId: String(id) };
};

async function fetchCertificate(input: CodeProviderInput, text: string): Promise<X509Certificate | NotVerified> {
  const url = URL.canParse(text) ? new URL(text) : null;
  const allowed =
    url?.protocol === 'https:' &&
    CERTIFICATE_HOSTS.has(url.host) &&
    CERTIFICATE_PATH.test(url.pathname) &&
    url.search + url.hash + url.username + url.password === '';
  if (!allowed) {
    return refuse("The certificate is not among those on PayPal's own hosts.");
  }
  const { outbound, now } = input;
  try {
    const request = { url: text, policy: CERTIFICATE, now };
    const certificate = new X509Certificate(await cacheOf(outbound).getNamed(request, input.caller));
    const current = Date.parse(certificate.validFrom) / 1000 <= now && now <= Date.parse(certificate.validTo) / 1000;
    return current && SUBJECT.test(certificate.subject) && !isUnfit(certificate.publicKey)
      ? certificate
      : refuse("The certificate has expired, or is not the one of PayPal's messages.");
  } catch (error) {
    return refuse(`The certificate can't be used: ${error instanceof Error ? error.message : String(error)}`);
  }
}
