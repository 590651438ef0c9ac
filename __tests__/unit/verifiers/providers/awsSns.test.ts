import { createSign } from 'node:crypto';
import https from 'node:https';
import { PassThrough } from 'node:stream';
import MessageValidator from 'sns-validator';
import { EXPIRED_SNS_CERTIFICATE, SIGNING_KEY, SNS_CERTIFICATE } from '../../../support/certificates';
import { accepted, attempt, refused, tableOutbound, type Attempt } from './support';

const NOW = 1_700_000_000;
const TOPIC = 'arn:aws:sns:us-east-1:123456789012:MyTopic';
const CERTIFICATE_URL = 'https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem';
const SUBSCRIBE_URL = `https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${TOPIC}&Token=2336412f37`;

type Fields = Record<string, string>;

const NOTIFICATION: Fields = {
  Type: 'Notification',
  MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
  TopicArn: TOPIC,
  Subject: 'My First Message',
  Message: 'Hello world! ü\nsecond line',
  Timestamp: new Date(NOW * 1000).toISOString(),
};
const CONFIRMATION: Fields = {
  Type: 'SubscriptionConfirmation',
  MessageId: '165545c9-2a5c-472c-8df2-7ff2be2b3b1b',
  Token: '2336412f37',
  TopicArn: TOPIC,
  Message: 'You have chosen to subscribe to the topic.',
  SubscribeURL: SUBSCRIBE_URL,
  Timestamp: new Date(NOW * 1000).toISOString(),
};

/** Signs as AWS documents it: the keys that are there, in the order of their bytes. */
function sign(fields: Fields, version = '2', url = CERTIFICATE_URL): Fields {
  const content = Object.keys(fields)
    .sort()
    .map((key) => `${key}\n${fields[key]}\n`)
    .join('');
  const signature = createSign(version === '1' ? 'RSA-SHA1' : 'RSA-SHA256')
    .update(content)
    .sign(SIGNING_KEY, 'base64');
  return { ...fields, SignatureVersion: version, Signature: signature, SigningCertURL: url };
}

function delivery(message: unknown, given: Partial<Attempt> = {}): Attempt {
  return {
    request: { rawBody: JSON.stringify(message), headers: { 'content-type': 'text/plain; charset=UTF-8' } },
    options: { topicArn: TOPIC },
    now: NOW,
    outbound: tableOutbound({ [CERTIFICATE_URL]: SNS_CERTIFICATE, [SUBSCRIBE_URL]: '<ConfirmSubscriptionResponse/>' }),
    ...given,
  };
}

describe('AWS SNS', () => {
  it.each(['1', '2'])('takes a notification, signature version %s, as JSON', async (version) => {
    const result = await accepted('aws-sns', delivery(sign(NOTIFICATION, version)));
    expect(result).toMatchObject({
      deliveryId: NOTIFICATION.MessageId,
      plaintext: { contentType: 'application/json' },
    });
    expect(result.handshake).toBeUndefined();
  });

  it.each([
    ['1', NOTIFICATION],
    ['2', NOTIFICATION],
    ['2', CONFIRMATION],
  ])("agrees with AWS's own validator, version %s", async (version, fields) => {
    const fetch = jest.spyOn(https, 'get').mockImplementation(((
      _url: string,
      callback: (response: unknown) => void,
    ) => {
      callback(Object.assign(new PassThrough().end(SNS_CERTIFICATE), { statusCode: 200 }));
      return new PassThrough();
    }) as never);
    const message = sign(fields, version);
    await new Promise<void>((resolve, reject) => {
      new MessageValidator().validate(message, (error) => (error ? reject(error) : resolve()));
    });
    fetch.mockRestore();
    await accepted('aws-sns', delivery(message));
  });

  it('takes a notification without a subject', async () => {
    const fields = Object.fromEntries(Object.entries(NOTIFICATION).filter(([key]) => key !== 'Subject'));
    await accepted('aws-sns', delivery(sign(fields)));
    await accepted('aws-sns', delivery({ ...sign(fields), Subject: null }));
  });

  it('confirms a subscription once it is verified', async () => {
    const outbound = tableOutbound({ [CERTIFICATE_URL]: SNS_CERTIFICATE, [SUBSCRIBE_URL]: 'ok' });
    const result = await accepted('aws-sns', delivery(sign(CONFIRMATION), { outbound }));
    expect(result.handshake).toMatchObject({ kind: 'SubscriptionConfirmation', status: 200 });
    expect(outbound.calls).toEqual([CERTIFICATE_URL, SUBSCRIBE_URL]);
  });

  it('calls nothing for a confirmation that does not verify', async () => {
    const outbound = tableOutbound({ [CERTIFICATE_URL]: SNS_CERTIFICATE, [SUBSCRIBE_URL]: 'ok' });
    await refused('aws-sns', delivery({ ...sign(CONFIRMATION), Token: 'other' }, { outbound }));
    await refused('aws-sns', delivery(sign({ ...CONFIRMATION, TopicArn: 'arn:aws:sns:us-east-1:1:x' }), { outbound }));
    await refused('aws-sns', delivery(sign(CONFIRMATION), { outbound, now: NOW + 3601 }));
    expect(outbound.calls).toEqual([CERTIFICATE_URL]);
  });

  it('refuses a confirmation whose call fails, so that SNS sends it again', async () => {
    const outbound = tableOutbound({ [CERTIFICATE_URL]: SNS_CERTIFICATE });
    expect(await refused('aws-sns', delivery(sign(CONFIRMATION), { outbound }))).toContain("can't be confirmed");
  });

  it('calls only SNS to confirm', async () => {
    const SubscribeURL = 'https://example.com/?Action=ConfirmSubscription';
    const outbound = tableOutbound({ [CERTIFICATE_URL]: SNS_CERTIFICATE, [SubscribeURL]: 'ok' });
    await refused('aws-sns', delivery(sign({ ...CONFIRMATION, SubscribeURL }), { outbound }));
  });

  it('answers an unsubscription and starts nothing', async () => {
    const message = sign({ ...CONFIRMATION, Type: 'UnsubscribeConfirmation' });
    const outbound = tableOutbound({ [CERTIFICATE_URL]: SNS_CERTIFICATE });
    expect((await accepted('aws-sns', delivery(message, { outbound }))).handshake?.kind).toBe(
      'UnsubscribeConfirmation',
    );
    expect(outbound.calls).toEqual([CERTIFICATE_URL]);
  });

  it('fetches a certificate once a day, and again after a cool-down if it failed', async () => {
    const outbound = tableOutbound({});
    const given = delivery(sign(NOTIFICATION), { outbound, tolerance: 0 });
    await refused('aws-sns', given);
    await refused('aws-sns', { ...given, now: NOW + 59 });
    expect(outbound.calls).toHaveLength(1);
    const working = tableOutbound({ [CERTIFICATE_URL]: SNS_CERTIFICATE });
    for (const now of [NOW, NOW + 60, NOW + 86_400, NOW + 86_401]) {
      await accepted('aws-sns', { ...given, outbound: working, now });
    }
    expect(working.calls).toHaveLength(2);
  });

  it('asks for a bounded number of certificates a minute', async () => {
    const outbound = tableOutbound({});
    for (let index = 0; index < 100; index += 1) {
      const url = `https://sns.us-east-1.amazonaws.com/${index}.pem`;
      await refused('aws-sns', delivery(sign(NOTIFICATION, '2', url), { outbound }));
    }
    expect(outbound.calls).toHaveLength(60);
  });

  it.each([
    'http://sns.us-east-1.amazonaws.com/x.pem',
    'https://sns.us-east-1.amazonaws.com.evil.com/x.pem',
    'https://evil.com/sns.us-east-1.amazonaws.com/x.pem',
    'https://sns.us-east-1.amazonaws.com@evil.com/x.pem',
    'https://user@sns.us-east-1.amazonaws.com/x.pem',
    'https://evil-sns.us-east-1.amazonaws.com/x.pem',
    'https://sns.us-east-1xamazonaws.com/x.pem',
    'https://sns.us-east-1.amazonaws.com:8443/x.pem',
    'https://sns.us-east-1.amazonaws.com/?Action=x&y=.pem',
    'https://sns.us-east-1.amazonaws.com/x.pem?y',
    'https://sns.us-east-1.amazonaws.com/x.pem#y',
    'https://sns.us-east-1.amazonaws.com/x.txt',
    'https://s3.amazonaws.com/x.pem',
    'https://sns.s3.amazonaws.com/x.pem',
    'https://sns.s3-us-west-2.amazonaws.com/x.pem',
    'https://sns.s3-accelerate.amazonaws.com/x.pem',
    'https://sns.anything.amazonaws.com/x.pem',
    'file:///etc/x.pem',
    'x',
  ])('does not fetch a certificate from %s', async (url) => {
    const outbound = tableOutbound({ [url]: SNS_CERTIFICATE });
    expect(await refused('aws-sns', delivery(sign(NOTIFICATION, '2', url), { outbound }))).toContain(
      "service's own hosts",
    );
    expect(outbound.calls).toEqual([]);
  });

  it.each([
    'sns.cn-north-1.amazonaws.com.cn',
    'sns.us-gov-west-1.amazonaws.com',
    'sns.ap-southeast-3.amazonaws.com',
    'sns.eusc-de-east-1.amazonaws.com',
  ])('takes the host %s', async (host) => {
    const url = `https://${host}/x.pem`;
    await accepted(
      'aws-sns',
      delivery(sign(NOTIFICATION, '2', url), { outbound: tableOutbound({ [url]: SNS_CERTIFICATE }) }),
    );
  });

  it('takes topics by their beginning, and any only where the maker says so', async () => {
    const message = sign(NOTIFICATION);
    await accepted(
      'aws-sns',
      delivery(message, { options: { topicArn: 'arn:a, arn:aws:sns:us-east-1:123456789012:*' } }),
    );
    await accepted('aws-sns', delivery(message, { options: { topicArn: '*' } }));
    expect(await refused('aws-sns', delivery(message, { options: {} }))).toContain('topicArn');
    expect(
      await refused('aws-sns', delivery(message, { options: { topicArn: 'arn:aws:sns:us-east-1:1234' } })),
    ).toContain(TOPIC);
  });

  it("refuses a stranger's message that is cut up so that its text holds one of this topic's", async () => {
    const own = 'arn:aws:sns:us-east-1:123456789012:';
    const hidden = { MessageId: 'made-up', Timestamp: NOTIFICATION.Timestamp ?? '', TopicArn: `${own}x` };
    const lines = (fields: Fields) => Object.entries(fields).flat().join('\n');
    // What the stranger publishes to a topic of his own, and AWS signs.
    const real = {
      Message: `pay me\n${lines(hidden)}`,
      MessageId: 'real',
      Timestamp: hidden.Timestamp,
      TopicArn: 'arn:aws:sns:us-east-1:999999999999:stranger',
      Type: 'Notification',
    };
    const { Signature = '', SignatureVersion = '', SigningCertURL = '' } = sign(real);
    // The same text, read as other fields.
    const { MessageId, Timestamp, TopicArn } = real;
    const forged = {
      ...{ ...hidden, Message: 'pay me', TopicArn: `${own}x\n${lines({ MessageId, Timestamp, TopicArn })}` },
      ...{ Type: 'Notification', Signature, SignatureVersion, SigningCertURL },
    };
    expect(await refused('aws-sns', delivery(forged, { options: { topicArn: `${own}*` } }))).toMatch(/malformed/);
  });

  const signed = sign(NOTIFICATION);
  const bad: [string, unknown, Partial<Attempt>?][] = [
    ['a changed message', { ...signed, Message: 'Hello' }],
    ['an added subject', { ...sign({ ...NOTIFICATION, Subject: '' }), Subject: 'x' }],
    ['a changed type', { ...signed, Type: 'SubscriptionConfirmation' }],
    ['an unknown type', sign({ ...NOTIFICATION, Type: 'constructor' })],
    ['a missing field', { ...signed, MessageId: undefined }],
    ['a field that is a number', { ...signed, Message: 1 }],
    ['a changed signature', { ...signed, Signature: sign({ ...NOTIFICATION, Message: 'x' }).Signature }],
    ['a malformed signature', { ...signed, Signature: '!' }],
    ['another version', { ...signed, SignatureVersion: '3' }],
    ['version 1 for a signature of version 2', { ...signed, SignatureVersion: '1' }],
    ['an old message', signed, { now: NOW + 3601 }],
    ['a message ahead of time', signed, { now: NOW - 3601 }],
    [
      'a certificate that has expired',
      signed,
      { outbound: tableOutbound({ [CERTIFICATE_URL]: EXPIRED_SNS_CERTIFICATE }) },
    ],
    [
      'a certificate that is not yet in force',
      sign({ ...NOTIFICATION, Timestamp: '2009-12-31T23:30:00Z' }),
      { now: 1_262_302_200 },
    ],
    ['a certificate that is none', signed, { outbound: tableOutbound({ [CERTIFICATE_URL]: '<html>' }) }],
    ['raw message delivery', 'Hello'],
  ];
  it.each(bad.map(([what, message, given = {}]) => [what, message, given] as const))(
    'refuses %s',
    async (_what, message, given) => {
      expect((await attempt('aws-sns', delivery(message, given))).ok).toBe(false);
    },
  );
});
