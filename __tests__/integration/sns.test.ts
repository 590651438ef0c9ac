import { createSign } from 'node:crypto';
import type { Host } from '../../scripts/host';
import { SIGNING_KEY, SNS_CERTIFICATE } from '../support/certificates';
import { loggedDeliveries } from '../support/deliveries';
import { ownHost } from '../support/hosts';
import { TestInternet } from '../support/TestInternet';
import { createWebhook, finishedExecutions, listExecutions } from '../support/workflows';

const TOPIC = 'arn:aws:sns:us-east-1:123456789012:orders';
const SNS = 'https://sns.us-east-1.amazonaws.com/';
const CERTIFICATE_URL = `${SNS}SimpleNotificationService-9c6465fa7f48f5cacd23014631ec1136.pem`;
const SUBSCRIBE_URL = `${SNS}?Action=ConfirmSubscription&TopicArn=${TOPIC}&Token=2336412f37fb687f5d51e6e2425c464d`;

type Message = Record<string, string>;

const internet = new TestInternet();
let host: Host;

beforeAll(async () => {
  host = await ownHost({ env: await internet.open() });
});
afterAll(async () => {
  await host?.remove();
  await internet.close();
});
beforeEach(() => {
  internet.calls.length = 0;
  internet.pages.clear();
  internet.pages.set(CERTIFICATE_URL, SNS_CERTIFICATE);
  internet.pages.set(SUBSCRIBE_URL, '<ConfirmSubscriptionResponse/>');
});

/** As Amazon signs it, version 2. */
function signed(fields: Message, certificateUrl = CERTIFICATE_URL): Message {
  const message: Message = { TopicArn: TOPIC, Timestamp: new Date().toISOString(), ...fields };
  const content = Object.keys(message)
    .sort()
    .map((name) => `${name}\n${message[name]}\n`);
  const signature = createSign('RSA-SHA256').update(content.join('')).sign(SIGNING_KEY, 'base64');
  return { ...message, SignatureVersion: '2', Signature: signature, SigningCertURL: certificateUrl };
}

const notification = (id: string, certificateUrl?: string): Message =>
  signed({ Type: 'Notification', MessageId: id, Message: '{"order": 1}', Subject: 'Grüße' }, certificateUrl);
const confirmation = (id: string, url = SUBSCRIBE_URL): Message =>
  signed({
    Type: 'SubscriptionConfirmation',
    MessageId: id,
    Token: '2336412f37fb687f5d51e6e2425c464d',
    Message: 'You have chosen to subscribe to the topic.',
    SubscribeURL: url,
  });

async function webhook(): Promise<{ key: string; send: (message: Message) => Promise<number> }> {
  const { key } = await createWebhook(host.api, {
    auth: { type: 'provider', provider: 'aws-sns', secrets: [], options: { topicArn: TOPIC } },
  });
  const send = async (message: Message): Promise<number> => {
    const answer = await fetch(`${host.url}/api/webhooks/${key}`, {
      method: 'POST',
      // As SNS declares it.
      headers: { 'content-type': 'text/plain; charset=UTF-8', 'x-amz-sns-message-type': message.Type ?? '' },
      body: JSON.stringify(message),
    });
    return answer.status;
  };
  return { key, send };
}

it('confirms the subscription at Amazon, then takes notifications, each once', async () => {
  const { key, send } = await webhook();
  expect(await send(confirmation('c-1'))).toBe(200);
  expect(internet.calls).toEqual([CERTIFICATE_URL, SUBSCRIBE_URL]);
  expect(await listExecutions(host.api, key)).toEqual([]);

  expect(await send(notification('n-1'))).toBe(200);
  expect(await send(notification('n-1'))).toBe(200);
  const [execution, ...more] = await finishedExecutions(host.api, key);
  expect(execution?.context).toMatchObject({
    provider: 'aws-sns',
    data: { Type: 'Notification', MessageId: 'n-1', Subject: 'Grüße', Message: '{"order": 1}' },
  });
  expect(more).toEqual([]);
  // The certificate was fetched once, and the confirmation not repeated.
  expect(internet.calls).toEqual([CERTIFICATE_URL, SUBSCRIBE_URL]);
  expect((await loggedDeliveries(host.api, key, 3)).map(({ status, reason }) => `${status} ${reason}`)).toEqual([
    'ignored The handshake "SubscriptionConfirmation" was answered, and starts nothing.',
    'succeeded null',
    expect.stringMatching(/^duplicate It is a repeat of /),
  ]);
});

it('calls nobody for what it does not believe', async () => {
  const { key, send } = await webhook();
  expect(await send(notification('n-1'))).toBe(200);
  internet.calls.length = 0;

  const elsewhere = 'https://keys.example.com/x.pem';
  internet.pages.set(elsewhere, SNS_CERTIFICATE);
  expect(await send({ ...notification('n-2'), Message: '{"order": 2}' })).toBe(401);
  expect(await send(notification('n-3', elsewhere))).toBe(401);
  expect(await send({ ...confirmation('c-2'), Token: 'another' })).toBe(401);
  expect(await send(confirmation('c-3', 'https://keys.example.com/?Action=ConfirmSubscription'))).toBe(401);
  expect(internet.calls).toEqual([]);

  expect((await loggedDeliveries(host.api, key, 5)).slice(1).map(({ reason }) => reason)).toEqual([
    'The signature does not match: signed with another secret, or changed on its way.',
    "The certificate that the service names is not used: it is not on one of the service's own hosts.",
    'The signature does not match: signed with another secret, or changed on its way.',
    'The subscription can\'t be confirmed: The host "keys.example.com" is not allowed.',
  ]);
});

it('refuses a confirmation that Amazon does not take, so that it is sent again', async () => {
  const { key, send } = await webhook();
  internet.pages.delete(SUBSCRIBE_URL);
  expect(await send(confirmation('c-1'))).toBe(401);
  internet.pages.set(SUBSCRIBE_URL, '<ConfirmSubscriptionResponse/>');
  expect(await send(confirmation('c-1'))).toBe(200);
  expect((await loggedDeliveries(host.api, key, 2)).map(({ reason }) => reason)).toEqual([
    'The subscription can\'t be confirmed: "sns.us-east-1.amazonaws.com" answered with status 404.',
    'The handshake "SubscriptionConfirmation" was answered, and starts nothing.',
  ]);
});
