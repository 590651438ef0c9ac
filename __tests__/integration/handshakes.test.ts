import { createCipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import { decrypt, getSignature } from '@wecom/crypto';
import type { ProviderAuth } from '../../src/common/auth';
import { sharedHost } from '../support/hosts';
import {
  bizMessage,
  DISCORD_KEY,
  discordHeaders,
  hmacHex,
  JSON_TYPE,
  newAccount,
  seconds,
  slackHeaders,
} from '../support/providerSigning';
import { createWebhook, listExecutions, waitFor } from '../support/workflows';

const host = sharedHost('postgres');
const { api } = host;

type Setup = Pick<ProviderAuth, 'provider' | 'secrets' | 'options'>;

const create = (auth: Setup) => createWebhook(api, { auth: { type: 'provider', ...auth } });

interface Asked {
  status: number;
  type: string | null;
  text: string;
  headers: Headers;
}

/** Asks a new webhook a provider's question, and sees to it that the question is logged and starts nothing. */
async function ask(auth: Setup, kind: string, init: RequestInit, query: Record<string, string> = {}): Promise<Asked> {
  const { key } = await create(auth);
  const search = new URLSearchParams(query).toString();
  const response = await fetch(`${host.webhook(key)}${search && `?${search}`}`, init);
  const { status, headers } = response;
  const asked = { status, type: headers.get('content-type'), text: await response.text(), headers };
  const rows = await waitFor(`the handshake of ${auth.provider} in the log`, 20_000, async () => {
    const found = await api.get<{ status: string; reasonCode: string; reasonValues: { kind: string } }[]>(
      'webhookDeliveries:list',
      {
        filter: JSON.stringify({ key }),
      },
    );
    return found.length > 0 && found;
  });
  expect(rows.map((row) => `${row.status}, ${row.reasonCode}: ${row.reasonValues.kind}`)).toEqual([
    `ignored, HANDSHAKE_ANSWERED: ${kind}`,
  ]);
  expect(await listExecutions(api, key)).toEqual([]);
  return asked;
}

const post = (body: string, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  body,
  headers: { ...JSON_TYPE, ...headers },
});

describe("a provider's URL challenge is answered, logged, and starts nothing", () => {
  it('Slack: url_verification', async () => {
    const body = '{"type":"url_verification","token":"x","challenge":"3eZbrw1aBm2rZgRNFdxV"}';
    const secret = 'slack signing secret';
    const init = post(body, slackHeaders(secret, body));
    const asked = await ask({ provider: 'slack', secrets: [secret] }, 'url_verification', init);
    expect(asked).toMatchObject({ status: 200, text: '3eZbrw1aBm2rZgRNFdxV' });
    const unsigned = await create({ provider: 'slack', secrets: [secret] });
    expect((await fetch(host.webhook(unsigned.key), post(body))).status).toBe(401);
  });

  it('Meta: hub.challenge, by GET to a webhook that takes POST', async () => {
    const setup = { provider: 'meta', secrets: ['app secret'], options: { verifyToken: 'my verify token' } };
    const query = { 'hub.mode': 'subscribe', 'hub.challenge': '1158201444', 'hub.verify_token': 'my verify token' };
    const asked = await ask(setup, 'hub.challenge', {}, query);
    expect(asked).toMatchObject({ status: 200, text: '1158201444' });
    const { key } = await create(setup);
    const wrong = new URLSearchParams({ ...query, 'hub.verify_token': 'another' });
    expect((await fetch(`${host.webhook(key)}?${wrong}`)).status).toBe(401);
  });

  it('Zoom: endpoint.url_validation', async () => {
    const [secret, now] = ['zoom secret token', seconds()];
    const body = '{"payload":{"plainToken":"qgg8vlvZRS6UYooatFL8Aw"},"event":"endpoint.url_validation"}';
    const signed = {
      'x-zm-request-timestamp': `${now}`,
      'x-zm-signature': `v0=${hmacHex(secret, `v0:${now}:${body}`)}`,
    };
    const asked = await ask({ provider: 'zoom', secrets: [secret] }, 'endpoint.url_validation', post(body, signed));
    expect(asked.status).toBe(200);
    expect(JSON.parse(asked.text)).toEqual({
      plainToken: 'qgg8vlvZRS6UYooatFL8Aw',
      encryptedToken: createHmac('sha256', secret).update('qgg8vlvZRS6UYooatFL8Aw').digest('hex'),
    });
  });

  it('Okta: verification challenge, by GET', async () => {
    const init = { headers: { 'x-okta-verification-challenge': 'my challenge' } };
    const asked = await ask({ provider: 'okta', secrets: ['okta secret'] }, 'verification challenge', init);
    expect(asked).toMatchObject({ status: 200, text: '{"verification":"my challenge"}' });
  });

  it('Microsoft Graph: validationToken', async () => {
    const query = { validationToken: 'Validation: Testing <b>' };
    const init = { method: 'POST', headers: { 'content-type': 'text/plain' } };
    const asked = await ask({ provider: 'msgraph', secrets: ['client state'] }, 'validationToken', init, query);
    expect(asked).toMatchObject({ status: 200, text: 'Validation: Testing <b>' });
    expect(asked.type).toMatch(/^text\/plain/);
    expect(asked.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('CloudEvents: OPTIONS', async () => {
    const setup = { provider: 'cloudevents', secrets: ['t'], options: { allowedOrigins: 'eventgrid.azure.net' } };
    const headers = { 'webhook-request-origin': 'eventgrid.azure.net', 'webhook-request-rate': '120' };
    const asked = await ask(setup, 'WebHook-Request-Origin', { method: 'OPTIONS', headers });
    expect(asked.status).toBe(200);
    expect(asked.headers.get('webhook-allowed-origin')).toBe('eventgrid.azure.net');
    expect(asked.headers.get('webhook-allowed-rate')).toBe('120');
    expect(asked.headers.get('allow')).toBe('POST');
  });

  it('Discord: pings', async () => {
    const setup = { provider: 'discord', secrets: [DISCORD_KEY] };
    const ping = '{"id":"1","type":1,"token":"t"}';
    const asked = await ask(setup, 'interaction ping', post(ping, discordHeaders(ping)));
    expect(asked).toMatchObject({ status: 200, text: '{"type":1}' });
    const event = '{"version":1,"application_id":"9","type":0}';
    expect(await ask(setup, 'event ping', post(event, discordHeaders(event)))).toMatchObject({ status: 204, text: '' });
  });

  it.each(['wecom', 'wechat-mp-secure'])('%s: echostr, by GET, decrypted and bare', async (provider) => {
    const account = newAccount();
    const { encrypted, query } = bizMessage('1616140317555161061', account);
    const setup = {
      provider,
      secrets: [account.token],
      options: { encodingAESKey: account.aesKey, receiveId: account.receiveId },
    };
    // An official account is asked in plain text even in secure mode.
    const plain = { timestamp: query.timestamp, nonce: query.nonce };
    const asked =
      provider === 'wecom'
        ? { ...query, echostr: encrypted }
        : {
            ...plain,
            signature: getSignature(account.token, plain.timestamp, plain.nonce, ''),
            echostr: '1616140317555161061',
          };
    const answer = await ask(setup, 'echostr', {}, asked);
    expect(answer).toMatchObject({ status: 200, text: '1616140317555161061' });
  });

  it('WeChat official account: echostr, by GET', async () => {
    const [token, timestamp, nonce] = ['wechatToken1', String(seconds()), '1320562132'];
    const signature = createHash('sha1').update([token, timestamp, nonce].sort().join('')).digest('hex');
    const query = { signature, timestamp, nonce, echostr: '5921472138925317234' };
    const asked = await ask({ provider: 'wechat-mp', secrets: [token] }, 'echostr', {}, query);
    expect(asked).toMatchObject({ status: 200, text: '5921472138925317234' });
  });

  it('DingTalk: check_url, with an encrypted success', async () => {
    const account = newAccount(true);
    const { encrypted, query } = bizMessage('{"EventType":"check_url"}', account);
    const setup = {
      provider: 'dingtalk',
      secrets: [account.token],
      options: { encodingAESKey: account.aesKey, receiveId: account.receiveId },
    };
    const asked = await ask(setup, 'check_url', post(JSON.stringify({ encrypt: encrypted })), query);
    const answer = JSON.parse(asked.text) as Record<'msg_signature' | 'timeStamp' | 'nonce' | 'encrypt', string>;
    expect(answer.msg_signature).toBe(getSignature(account.token, answer.timeStamp, answer.nonce, answer.encrypt));
    expect(decrypt(account.aesKey, answer.encrypt)).toMatchObject({ message: 'success', id: account.receiveId });
  });

  it('Feishu: url_verification, plain and encrypted', async () => {
    const challenge = { type: 'url_verification', challenge: 'ajls384kdjx98XX', token: 'verification token' };
    const setup = { provider: 'feishu', secrets: ['encrypt key'], options: { verificationToken: challenge.token } };
    const plain = await ask(setup, 'url_verification', post(JSON.stringify(challenge)));
    const iv = randomBytes(16);
    const cipher = createCipheriv('aes-256-cbc', createHash('sha256').update('encrypt key').digest(), iv);
    const encrypt = Buffer.concat([iv, cipher.update(JSON.stringify(challenge)), cipher.final()]).toString('base64');
    const encrypted = await ask(setup, 'url_verification', post(JSON.stringify({ encrypt })));
    for (const asked of [plain, encrypted]) {
      expect(asked.status).toBe(200);
      expect(JSON.parse(asked.text)).toEqual({ challenge: 'ajls384kdjx98XX' });
    }
  });
});
