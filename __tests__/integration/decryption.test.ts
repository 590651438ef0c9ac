import { createCipheriv, createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { decrypt, getSignature } from '@wecom/crypto';
import { Aes, Formatter, Rsa } from 'wechatpay-axios-plugin';
import type { ProviderAuth } from '../../src/common/auth';
import { loggedDeliveries } from '../support/deliveries';
import { sharedHost } from '../support/hosts';
import { bizMessage, JSON_TYPE, newAccount, seconds, text, type BizAccount } from '../support/providerSigning';
import { createWebhook, finishedExecutions, listExecutions } from '../support/workflows';

const host = sharedHost('postgres');
const { api } = host;

const accountAuth = (provider: string, { token, aesKey, receiveId }: BizAccount): ProviderAuth => ({
  type: 'provider',
  provider,
  secrets: [token],
  options: { encodingAESKey: aesKey, receiveId },
});

/** A new webhook; `call` sends, `data` is what the one workflow got to see. */
async function webhook(auth: ProviderAuth) {
  const { key } = await createWebhook(api, { auth, body: { keepRaw: true } });
  return {
    key,
    call: (body: string, headers: Record<string, string>, query: Record<string, string> = {}) =>
      fetch(`${host.webhook(key)}?${new URLSearchParams(query)}`, { method: 'POST', body, headers }),
    context: async () => {
      const [execution, ...more] = await finishedExecutions(api, key);
      expect(more).toEqual([]);
      return execution?.context ?? {};
    },
  };
}

describe('the workflow sees what was encrypted', () => {
  it('WeCom, and gets an empty answer', async () => {
    const account = newAccount();
    const { call, context } = await webhook(accountAuth('wecom', account));
    const message = '<xml><MsgId>1</MsgId><Content><![CDATA[你好 <b>]]></Content></xml>';
    const { encrypted, query } = bizMessage(message, account);
    const envelope = `<xml><ToUserName>x</ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`;
    const answer = await call(envelope, { 'content-type': 'text/xml' }, query);
    expect([answer.status, await answer.text()]).toEqual([200, '']);
    expect(await context()).toMatchObject({ data: { xml: { MsgId: '1', Content: '你好 <b>' } }, rawBody: envelope });
  });

  it('a robot of WeCom, whose messages are JSON and for nobody', async () => {
    const account = { ...newAccount(), receiveId: '' };
    const { call, context } = await webhook(accountAuth('wecom', account));
    const { encrypted, query } = bizMessage('{"msgid":"CAIQ","text":{"content":"你好"}}', account);
    expect((await call(JSON.stringify({ encrypt: encrypted }), JSON_TYPE, query)).status).toBe(200);
    expect((await context()).data).toEqual({ msgid: 'CAIQ', text: { content: '你好' } });
  });

  it('a WeChat official account, which wants to hear "success"', async () => {
    const account = newAccount();
    const { call, context } = await webhook(accountAuth('wechat-mp-secure', account));
    const { encrypted, query } = bizMessage('<xml><MsgId>2</MsgId><Content>hi</Content></xml>', account);
    const answer = await call(`<xml><Encrypt>${encrypted}</Encrypt></xml>`, { 'content-type': 'text/xml' }, query);
    expect([answer.status, await answer.text()]).toEqual([200, 'success']);
    expect((await context()).data).toMatchObject({ xml: { Content: 'hi' } });
  });

  it('DingTalk, and answers with an encrypted "success" each time', async () => {
    const account = newAccount(true);
    const { key, call, context } = await webhook(accountAuth('dingtalk', account));
    const event = { EventType: 'user_add_org', TimeStamp: '1700000000000', UserId: ['张三'] };
    const { encrypted, query } = bizMessage(JSON.stringify(event), account);
    for (const _time of ['the first', 'the repeat']) {
      const answer = await call(JSON.stringify({ encrypt: encrypted }), JSON_TYPE, query);
      const reply = (await answer.json()) as Record<'msg_signature' | 'timeStamp' | 'nonce' | 'encrypt', string>;
      expect(reply.msg_signature).toBe(getSignature(account.token, reply.timeStamp, reply.nonce, reply.encrypt));
      expect(decrypt(account.aesKey, reply.encrypt)).toMatchObject({ message: 'success', id: account.receiveId });
    }
    expect((await context()).data).toEqual(event);
    expect((await loggedDeliveries(api, key, 2)).map(({ status }) => status).sort()).toEqual([
      'duplicate',
      'succeeded',
    ]);
  });

  it('Feishu', async () => {
    const encryptKey = text();
    const { call, context } = await webhook({
      type: 'provider',
      provider: 'feishu',
      secrets: [encryptKey],
      options: { verificationToken: 'v' },
    });
    const event = { schema: '2.0', header: { event_id: text(), token: 'v' }, event: { text: '飞书' } };
    const iv = randomBytes(16);
    const cipher = createCipheriv('aes-256-cbc', createHash('sha256').update(encryptKey).digest(), iv);
    const sealed = Buffer.concat([iv, cipher.update(JSON.stringify(event)), cipher.final()]);
    const body = JSON.stringify({ encrypt: sealed.toString('base64') });
    const [timestamp, nonce] = [String(seconds()), text()];
    const answer = await call(body, {
      ...JSON_TYPE,
      'x-lark-request-timestamp': timestamp,
      'x-lark-request-nonce': nonce,
      'x-lark-signature': createHash('sha256').update(`${timestamp}${nonce}${encryptKey}${body}`).digest('hex'),
    });
    expect(answer.status).toBe(200);
    // The token in it is a credential, and an execution's context is stored and shown.
    expect((await context()).data).toEqual({ ...event, header: { ...event.header, token: '[redacted]' } });
  });

  it("WeChat Pay's resource, opened with the APIv3 key", async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = String(publicKey.export({ format: 'pem', type: 'spki' }));
    const [apiV3Key, wrongKey] = [randomBytes(16).toString('hex'), randomBytes(16).toString('hex')];
    const auth = (key: string): ProviderAuth => ({
      type: 'provider',
      provider: 'wechatpay',
      secrets: [{ name: 'PUB_KEY_ID_01', value: pem }],
      options: { apiV3Key: key },
    });
    const [iv, aad] = [Formatter.nonce(12), 'transaction'];
    const payment = { out_trade_no: text(), trade_state: 'SUCCESS', attach: '附加数据' };
    const ciphertext = Aes.AesGcm.encrypt(JSON.stringify(payment), apiV3Key, iv, aad);
    const resource = { algorithm: 'AEAD_AES_256_GCM', ciphertext, nonce: iv, associated_data: aad };
    const body = JSON.stringify({ id: text(), event_type: 'TRANSACTION.SUCCESS', resource });
    const [timestamp, nonce] = [String(seconds()), Formatter.nonce()];
    const headers = {
      ...JSON_TYPE,
      'wechatpay-serial': 'PUB_KEY_ID_01',
      'wechatpay-timestamp': timestamp,
      'wechatpay-nonce': nonce,
      'wechatpay-signature': Rsa.sign(Formatter.response(timestamp, nonce, body), privateKey),
    };

    const { call, context } = await webhook(auth(apiV3Key));
    expect((await call(body, headers)).status).toBe(200);
    expect((await context()).data).toEqual(payment);

    const other = await webhook(auth(wrongKey));
    expect((await other.call(body, headers)).status).toBe(401);
    const [{ reason } = { reason: null }] = await loggedDeliveries(api, other.key, 1);
    expect(reason).toMatch(/does not open with "apiV3Key"/);
    expect(await listExecutions(api, other.key)).toEqual([]);
  });
});
