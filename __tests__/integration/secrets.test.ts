import { dumpOf } from '../../scripts/host/dump';
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import type { WebhookAuth } from '../../src/common/auth';
import type { Api, Host } from '../../scripts/host';
import { ownHost, sharedHost } from '../support/hosts';
import { hmacHex, JSON_TYPE, seconds } from '../support/providerSigning';
import { DIALECTS } from '../support/shared';
import { createWebhook, finishedExecutions, waitFor, type WorkflowRecord } from '../support/workflows';

const random = (): string => randomBytes(18).toString('hex');
const secret = {
  signature: random(),
  password: random(),
  headerToken: random(),
  queryToken: random(),
  gitlab: random(),
  okta: random(),
  clientState: random(),
  metaApp: random(),
  metaVerify: random(),
  notion: random(),
  jwt: random(),
  feishuKey: random(),
  feishuToken: random(),
  aesKey: random().padEnd(43, 'x').slice(0, 43),
  refused: random(),
  misspelled: random(),
  inQuery: random(),
  inList: random(),
  byHand: random(),
};
const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const privateKey = String(pair.privateKey.export({ type: 'pkcs8', format: 'pem' }));

const basic = Buffer.from(`maker:${secret.password}`).toString('base64');

/** In every form in which it goes over the wire. */
const NEEDLES = [...Object.values(secret), basic, privateKey.split('\n')[1] ?? 'none'];

const GROUP = random();
const auths = {
  hmac: { type: 'signature', sig: { from: 'header:x-sig' }, secrets: [{ name: 'main', value: secret.signature }] },
  basic: { type: 'basic', username: 'maker', passwords: [secret.password] },
  headerToken: { type: 'token', in: 'header', name: 'X-Api-Key', secrets: [secret.headerToken] },
  queryToken: { type: 'token', in: 'query', name: 'key', secrets: [secret.queryToken] },
  jwt: { type: 'jwt', algorithms: ['HS256'], secrets: [secret.jwt] },
  gitlab: { type: 'provider', provider: 'gitlab', secrets: [secret.gitlab] },
  okta: { type: 'provider', provider: 'okta', secrets: [secret.okta] },
  msgraph: { type: 'provider', provider: 'msgraph', secrets: [secret.clientState] },
  meta: {
    type: 'provider',
    provider: 'meta',
    secrets: [secret.metaApp],
    options: { verifyToken: secret.metaVerify },
  },
  notion: { type: 'provider', provider: 'notion', secrets: [] },
  feishu: {
    type: 'provider',
    provider: 'feishu',
    secrets: [secret.feishuKey],
    options: { verificationToken: secret.feishuToken },
  },
  wecom: { type: 'provider', provider: 'wecom', secrets: ['t'], options: { encodingAESKey: secret.aesKey } },
} satisfies Record<string, WebhookAuth>;
type Kind = keyof typeof auths;

const post = (headers: Record<string, string>, body = '{"a":1}'): RequestInit => ({
  method: 'POST',
  body,
  headers: { ...JSON_TYPE, ...headers },
});

const EVENT = JSON.stringify({ uuid: random(), token: secret.feishuToken, event: { a: 1 } });
const larkHeaders = (body: string, time = seconds()) => ({
  'x-lark-request-timestamp': String(time),
  'x-lark-request-nonce': 'n',
  'x-lark-signature': createHash('sha256').update(`${time}n${secret.feishuKey}${body}`).digest('hex'),
});

/** What is right, and what is nearly right: the secret is in it, and yet it is refused. */
const graph = (...states: string[]) =>
  JSON.stringify({ value: states.map((clientState, id) => ({ id: `${id}`, clientState })) });
const CALLS: [Kind, number, RequestInit, string?][] = [
  ['hmac', 200, post({ 'x-sig': hmacHex(secret.signature, '{"a":1}') })],
  ['hmac', 401, post({ 'x-sig': hmacHex(secret.signature, '{"a":2}') })],
  ['basic', 200, post({ authorization: `Basic ${basic}` })],
  ['basic', 401, post({ authorization: `Basic ${Buffer.from(`other:${secret.password}`).toString('base64')}` })],
  ['headerToken', 200, post({ 'x-api-key': secret.headerToken })],
  ['headerToken', 401, post({ 'x-api-key': `${secret.headerToken}x` })],
  ['queryToken', 200, post({}), `?key=${secret.queryToken}`],
  ['queryToken', 401, post({}), `?key=${secret.queryToken}&key=${secret.queryToken}`],
  ['jwt', 401, post({ authorization: 'Bearer a.b.c' })],
  ['gitlab', 200, post({ 'x-gitlab-token': secret.gitlab })],
  ['gitlab', 401, post({ 'x-gitlab-token': `${secret.gitlab}x` })],
  ['okta', 200, post({ authorization: secret.okta })],
  ['okta', 401, post({ authorization: `Bearer ${secret.okta}` })],
  ['msgraph', 200, post({}, graph(secret.clientState))],
  ['msgraph', 401, post({}, graph(secret.clientState, 'other'))],
  ['meta', 200, {}, `?hub.mode=subscribe&hub.challenge=1&hub.verify_token=${secret.metaVerify}`],
  ['meta', 401, {}, `?hub.mode=subscribe&hub.challenge=1&hub.verify_token=${secret.metaVerify}x`],
  ['notion', 200, post({}, JSON.stringify({ verification_token: secret.notion }))],
  ['notion', 401, post({ 'x-notion-signature': `sha256=${hmacHex(secret.notion, '{"a":1}')}` })],
  ['feishu', 401, post(larkHeaders(`${EVENT} `), EVENT)],
  ['wecom', 401, post({}, '{"encrypt":"x"}')],
];

describe.each(DIALECTS)('on %s', (dialect) => {
  let own: Host | null;
  let host: Pick<Host, 'api' | 'dir' | 'database'>;
  let api: Api;
  const workflows = {} as Record<Kind, WorkflowRecord>;
  const answers: string[] = [];

  /** Calls a webhook and keeps the whole answer. */
  async function call(kind: Kind, init: RequestInit, query = ''): Promise<number> {
    const response = await fetch(`${api.base}webhooks/${workflows[kind].key}${query}`, init);
    answers.push(`${JSON.stringify([...response.headers])} ${await response.text()}`);
    return response.status;
  }

  beforeAll(async () => {
    // NocoBase's backup holds other tests up; installing it anew takes long where a database has a server.
    own = dialect === 'sqlite' ? await ownHost() : null;
    host = own ?? sharedHost(dialect);
    ({ api } = host);
    for (const [kind, auth] of Object.entries(auths) as [Kind, WebhookAuth][]) {
      const methods: ('GET' | 'POST')[] = ['GET', 'POST'];
      const config = { auth, methods, body: { keepRaw: true }, dedupe: null };
      workflows[kind] = await createWebhook(api, config, { title: `${GROUP} ${kind}` });
      answers.push(JSON.stringify(workflows[kind]));
    }
    // Typed in once more by the maker, and once into settings that are refused.
    const { id } = workflows.hmac;
    answers.push(
      JSON.stringify(
        await api.action('workflows:update', { config: { auth: auths.hmac } as object }, { filterByTk: id }),
      ),
    );
    const refused = await api.request('workflows:create', {
      method: 'POST',
      json: {
        title: `${GROUP} refused`,
        type: 'webhook',
        enabled: false,
        config: { auth: { type: 'token', in: 'nowhere', name: 'x', secrets: [secret.refused], wrong: secret.refused } },
      },
    });
    answers.push(await refused.text());
    const token = (value: string) => ({ type: 'token', in: 'header', name: 'x', secrets: [value] });
    const change = `workflows:update?filterByTk=${id}`;
    const inQuery = encodeURIComponent(JSON.stringify({ config: { auth: token(secret.inQuery) } }));
    const jwt = { type: 'jwt', algorithms: ['ES256'], publicKey: privateKey };
    const unusual: [string, object, number?][] = [
      [change, { config: { Auth: token(secret.misspelled) } }, 400],
      [change, { Config: { auth: token(secret.misspelled) } }],
      [change, [{ config: { auth: token(secret.inList) } }], 400],
      [`${change}&values=${inQuery}`, { title: `${GROUP} hmac` }],
      [`workflows:create?values[config][auth][secrets][0]=${secret.inQuery}&config[auth]=${secret.inQuery}`, {}, 400],
      [`workflows:execute?filterByTk=${workflows.basic.id}`, { headers: { authorization: secret.byHand }, data: {} }],
      [change, { config: { auth: jwt } }, 400],
      [`executions:create?values[workflow][config][auth]=${secret.inQuery}`, {}],
    ];
    for (const [path, json, expected] of unusual) {
      const response = await api.request(path, { method: 'POST', json });
      answers.push(await response.text());
      expect([path, expected ?? response.status]).toEqual([path, response.status]);
    }
    await api.action('workflows:update', { config: { auth: auths.hmac } as object }, { filterByTk: id });
  });

  afterAll(() => own?.remove());

  it.each(CALLS.map(([kind, status, ...request]) => [kind, status, request] as const))(
    '%s answers %d',
    async (kind, status, [init, query]) => {
      expect(await call(kind, init, query)).toBe(status);
    },
  );

  it('feishu answers 200, now that it is signed', async () => {
    expect(await call('feishu', post(larkHeaders(EVENT), EVENT))).toBe(200);
  });

  it('has started what it should have', async () => {
    for (const kind of ['basic', 'headerToken', 'queryToken', 'gitlab', 'okta', 'msgraph', 'feishu'] as const) {
      // One was begun by hand before, which is not to be taken for that of the call.
      const [execution] = await finishedExecutions(api, workflows[kind].key, kind === 'basic' ? 2 : 1);
      expect(JSON.stringify(execution?.context)).toContain(kind === 'msgraph' ? 'clientState' : '"a":1');
    }
    await waitFor('the refusals in the log', 20_000, async () => {
      const filter = JSON.stringify({ key: { $in: Object.values(workflows).map(({ key }) => key) } });
      const rows = await api.get<unknown[]>('webhookDeliveries:list', { filter, pageSize: 200 });
      return rows.length >= CALLS.length && rows;
    });
  });

  it('gives no secret back by any API', async () => {
    const ids = Object.values(workflows).map(({ id }) => id);
    const keys = Object.values(workflows).map(({ key }) => key);
    const list = (action: string, filter: object) =>
      api.get<Record<string, unknown>[]>(action, { filter: JSON.stringify(filter), pageSize: 200, except: '' });
    answers.push(JSON.stringify(await list('workflows:list', { title: { $includes: GROUP } })));
    const [executions, deliveries] = await Promise.all([
      list('executions:list', { key: { $in: keys } }),
      list('webhookDeliveries:list', { key: { $in: keys } }),
    ]);
    expect(deliveries.length).toBeGreaterThanOrEqual(CALLS.length);
    answers.push(JSON.stringify(executions), JSON.stringify(deliveries));
    for (const filterByTk of ids) {
      answers.push(JSON.stringify(await api.get('workflows:get', { filterByTk })));
      answers.push(JSON.stringify(await api.action('workflows:revision', {}, { filterByTk })));
    }
    for (const [action, rows] of [
      ['executions:get', executions],
      ['webhookDeliveries:get', deliveries],
    ] as const) {
      for (const { id } of rows) {
        answers.push(JSON.stringify(await api.get(action, { filterByTk: String(id) })));
      }
    }
    for (const needle of NEEDLES) {
      expect(answers.filter((answer) => answer.includes(needle))).toEqual([]);
    }
  });

  it('leaves no secret in the database, in a log or in any other file', async () => {
    const files = filesIn(host.dir);
    expect(files.some((file) => /logs\/.*\.log$/.test(file))).toBe(true);
    const contents = [
      ...files.map((file) => [file, readFileSync(file)] as const),
      ['dump', await dumpOf(host.database)] as const,
    ];
    const database = dialect === 'sqlite' ? /\.sqlite(-wal)?$/ : /^dump$/;
    // NocoBase's request log holds what makers save; without that, it would prove nothing.
    for (const where of [database, /\/request\w*.*\.log$/]) {
      expect(contents.some(([file, bytes]) => where.test(file) && bytes.includes(GROUP))).toBe(true);
    }
    expect(
      NEEDLES.flatMap((needle) =>
        contents.filter(([, bytes]) => bytes.includes(needle)).map(([file]) => [needle, file]),
      ),
    ).toEqual([]);
  });

  // Of a database with a server of its own, it holds the same dump, packed.
  if (dialect === 'sqlite') {
    it("leaves no secret in NocoBase's own backup", async () => {
      const { name } = await api.action<{ name: string }>('backups:create');
      await waitFor('the backup', 60_000, async () => {
        const backups = await api.get<{ name: string; inProgress?: boolean }[]>('backups:list');
        return backups.some((backup) => backup.name === name && !backup.inProgress);
      });
      const archive = readFileSync(join(host.dir, 'storage', 'backups', 'main', name));
      const contents = Object.entries(unzipSync(archive)).map(([file, bytes]) => [file, Buffer.from(bytes)] as const);
      expect(contents.some(([, bytes]) => bytes.includes(GROUP))).toBe(true);
      expect(
        NEEDLES.flatMap((needle) =>
          contents.filter(([, bytes]) => bytes.includes(needle)).map(([file]) => [needle, file]),
        ),
      ).toEqual([]);
    });
  }
});

/** Every file of a folder, packages aside. */
function filesIn(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name);
    const isFolder = entry.isDirectory() && entry.name !== 'node_modules';
    return isFolder ? filesIn(path) : entry.isFile() ? [path] : [];
  });
}
