import { verify, X509Certificate } from 'node:crypto';
import { toleranceOf } from '../../../common/replayable';
import { cacheOf, type CachePolicy } from '../fetching/FetchCache';
import { isUnfit } from '../jwtKeys';
import type { CodeProvider, CodeProviderInput, NotVerified, Verified } from '../types';
import { checkTime, decodeBase64, listOption, parseJsonObject, refuse } from './fields';

/**
 * The hosts of AWS's own SNS endpoints: a region stands where AWS's sns-validator takes any name, as a bucket of S3
 * that is called `sns` is at `sns.s3-us-west-2.amazonaws.com` too, and anybody's.
 */
const SNS_HOST = /^sns\.[a-z]{2,4}(-[a-z]+)+-\d{1,2}\.amazonaws\.com(\.cn)?$/;
const TOLERANCE = toleranceOf('aws-sns');
const CERTIFICATE: CachePolicy = {
  hosts: (host) => SNS_HOST.test(host),
  maxBytes: 32_768,
  timeoutMs: 5_000,
  maxAge: 86_400,
  coolDown: 60,
};

/** What is signed, in this order; what a message lacks is passed over. */
const SIGNED_KEYS = {
  Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
  SubscriptionConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
  UnsubscribeConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
} as const;
const ALGORITHMS = { '1': 'sha1', '2': 'sha256' } as const;

type Message = Record<string, unknown>;

/**
 * Amazon SNS over HTTPS. AWS signs for every topic there is, also for a stranger's, so the option `topicArn` says
 * whose messages are taken: ARNs, `*` at the end standing for the rest. There is no secret.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
 */
export const awsSns: CodeProvider = async (input) => {
  const message = parseJsonObject(input.request.rawBody);
  if (!message) {
    return refuse('The body is not a JSON object. Raw message delivery carries no signature and must be off.');
  }
  const time = () => checkTime(Date.parse(String(message.Timestamp)) / 1000, input.now, input.tolerance ?? TOLERANCE);
  // What costs nothing comes before what makes us fetch.
  const refusal = checkTopic(input, message) ?? time() ?? (await checkSignature(input, message));
  return refusal ?? accept(input, message);
};

function checkTopic(input: CodeProviderInput, { TopicArn: topic }: Message): NotVerified | null {
  const allowed = listOption(input, 'topicArn');
  if (allowed.length === 0) {
    return refuse('No topic ARN is set: without one, anybody with an AWS account could send.');
  }
  const matches =
    typeof topic === 'string' &&
    allowed.some((arn) => (arn.endsWith('*') ? topic.startsWith(arn.slice(0, -1)) : topic === arn));
  return matches ? null : refuse(`The topic "${String(topic).slice(0, 300)}" is not one that is set here.`);
}

async function checkSignature(input: CodeProviderInput, message: Message): Promise<NotVerified | null> {
  const { outbound, now } = input;
  const content = signedContent(message);
  const algorithm = own(ALGORITHMS, message.SignatureVersion);
  const signature = decodeBase64(typeof message.Signature === 'string' ? message.Signature : '');
  const url = message.SigningCertURL;
  if (content === null || !algorithm || !signature) {
    return refuse(
      'The message lacks a signed field or one is malformed, or its type, signature or signature version is not one of SNS.',
    );
  }
  if (typeof url !== 'string' || !isCertificateUrl(url)) {
    return refuse("The certificate is not on one of Amazon's own SNS hosts.");
  }
  try {
    const fetched = await cacheOf(outbound).getNamed({ url, policy: CERTIFICATE, now }, input.caller);
    const { publicKey, validFrom, validTo } = new X509Certificate(fetched);
    if (!(Date.parse(validFrom) / 1000 <= now && now <= Date.parse(validTo) / 1000)) {
      return refuse(`The certificate is in force from ${validFrom} to ${validTo}, which is not now.`);
    }
    const valid =
      publicKey.asymmetricKeyType === 'rsa' && !isUnfit(publicKey) && verify(algorithm, content, publicKey, signature);
    if (!valid) {
      return refuse('The signature does not match: the message was changed on its way.');
    }
    cacheOf(outbound).confirm(url);
    return null;
  } catch (error) {
    return refuse(`The certificate can't be used: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * The signed text; null: a field is missing, or isn't text. Names and values stand on lines of their own, so that a
 * line break in a value would let it hold other fields: a stranger's message would pass for one of this topic. Only
 * the message may have one, and it comes first, which leaves one way to read the rest.
 */
function signedContent(message: Message): Buffer | null {
  let content = '';
  for (const key of own(SIGNED_KEYS, message.Type) ?? []) {
    const value = message[key];
    if (typeof value === 'string' && (key === 'Message' || !value.includes('\n'))) {
      content += `${key}\n${value}\n`;
    } else if (key !== 'Subject' || (value !== undefined && value !== null)) {
      return null;
    }
  }
  return content === '' ? null : Buffer.from(content);
}

/** The path must end in `.pem` by itself: in a query it would stand for nothing. */
function isCertificateUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  return (
    url !== null &&
    url.protocol === 'https:' &&
    SNS_HOST.test(url.host) &&
    url.pathname.endsWith('.pem') &&
    url.search + url.hash + url.username + url.password === ''
  );
}

async function accept({ outbound, request }: CodeProviderInput, message: Message): Promise<Verified | NotVerified> {
  const verified: Verified = { ok: true, secretName: null, deliveryId: String(message.MessageId) };
  if (message.Type === 'Notification') {
    // SNS says `text/plain`; it is JSON all the same.
    return { ...verified, plaintext: { body: request.rawBody, contentType: 'application/json' } };
  }
  if (message.Type === 'SubscriptionConfirmation') {
    const url = String(message.SubscribeURL);
    try {
      await outbound.get(url, { hosts: CERTIFICATE.hosts, maxBytes: 65_536, timeoutMs: 5_000, trusted: true });
    } catch (error) {
      return refuse(`The subscription can't be confirmed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { ...verified, handshake: { kind: String(message.Type), status: 200, contentType: 'text/plain', body: '' } };
}

function own<T extends object>(table: T, key: unknown): T[keyof T] | undefined {
  return typeof key === 'string' && Object.hasOwn(table, key) ? table[key as keyof T] : undefined;
}
