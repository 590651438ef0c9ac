import { randomBytes } from 'node:crypto';
import type { SignatureAuth, ProviderAuth, WebhookAuth } from '../../src/common/auth';
import type { SecretEntry } from '../../src/common/secrets';
import { loggedDeliveries } from '../support/deliveries';
import { onEveryDatabase, unique } from '../support/hosts';
import { hmacHex, JSON_TYPE } from '../support/providerSigning';
import { createWebhook, type WorkflowRecord } from '../support/workflows';

const BODY = '{"a":1}';

/** Answers whoever asks with a digest of what they chose and the secret. */
const DIGESTING = {
  kind: 'challenge',
  when: { method: 'GET', has: 'query:a' },
  auth: 'none',
  reply: { status: 200, type: 'text/plain', body: '{hmac-hex:query:a+secret}' },
};

onEveryDatabase('a sealed secret', ({ api, webhook }) => {
  const SECRET = randomBytes(20).toString('hex');
  const hmac = (secrets: SignatureAuth['secrets'], more: object = {}): WebhookAuth => {
    return { type: 'signature', sig: { from: 'header:x-sig' }, secrets, ...more };
  };
  let victim: WorkflowRecord;
  let sealed: string;

  beforeAll(async () => {
    victim = await createWebhook(api, { auth: hmac([SECRET]) });
    sealed = await sealedOf(victim);
  });

  const stored = (id: number) => api.get<WorkflowRecord>('workflows:get', { filterByTk: id });
  async function sealedOf({ id }: { id: number }): Promise<string> {
    const [entry] = ((await stored(id)).config.auth as SignatureAuth).secrets as SecretEntry[];
    return entry?.sealed ?? '';
  }
  const call = async (key: string, headers: Record<string, string> = signed()) =>
    (await fetch(webhook(key), { method: 'POST', body: BODY, headers: { ...JSON_TYPE, ...headers } })).status;
  const unreadable = async ({ id }: { id: number }) =>
    (await api.get<{ unreadable: string[] }>('webhookEndpoints:unreadableSecrets', { filterByTk: id })).unreadable;

  it('verifies where it was set, and is readable', async () => {
    expect(sealed).toMatch(/^v1\.[\w-]+$/);
    expect(await call(victim.key)).toBe(200);
    expect(await unreadable(victim)).toEqual([]);
    // Saved as the panel saves it, moved in its list, and beside others.
    const secrets = [{ name: 'new', value: unique() }, { sealed }, '{{$env.NOT_THERE}}'];
    await api.action('workflows:update', { enabled: true }, { filterByTk: victim.id });
    const other = await createWebhook(api, { auth: hmac([SECRET]) });
    const config = { auth: hmac([secrets[0]!, { sealed: await sealedOf(other) }, secrets[2]!]) };
    await api.action('workflows:update', { config }, { filterByTk: other.id });
    expect(await call(other.key)).toBe(200);
  });

  const GUESSES: [string, (sealed: string) => WebhookAuth, () => Record<string, string>][] = [
    ['another workflow', (text) => hmac([{ sealed: text }]), signed],
    ['a token', (text) => token([{ sealed: text }]), () => ({ 'x-key': SECRET })],
    ['a password', (text) => ({ type: 'basic', username: 'u', passwords: [{ sealed: text }] }), basic],
    ['a provider', (text) => ({ type: 'provider', provider: 'github', secrets: [{ sealed: text }] }), github],
    ['a name and an end', (text) => hmac([{ name: 'n', sealed: text, expiresAt: '2099-01-01' }]), signed],
    ['a secret beside it', (text) => hmac([{ sealed: text }, 'another']), signed],
  ];
  function token(secrets: SecretEntry[]): WebhookAuth {
    return { type: 'token', in: 'header', name: 'x-key', secrets };
  }
  function signed() {
    return { 'x-sig': hmacHex(SECRET, BODY) };
  }
  function basic() {
    return { authorization: `Basic ${Buffer.from(`u:${SECRET}`).toString('base64')}` };
  }
  function github() {
    return { 'x-hub-signature-256': `sha256=${hmacHex(SECRET, BODY)}` };
  }

  it.each(GUESSES)('stays shut with %s: refuses every call, and says so', async (_what, auth, headers) => {
    const workflow = await createWebhook(api, { auth: auth(sealed) });
    expect(await unreadable(workflow)).toEqual([sealed]);
    expect(await call(workflow.key, headers())).toBe(401);
    const [delivery] = await loggedDeliveries(api, workflow.key, 1);
    expect(delivery?.reason).toMatch(/unreadable|does not match/);
    expect(JSON.stringify(delivery)).not.toContain(SECRET);
  });

  it.each([
    ['another prefix of the key', { key: { strip: 'a' } }],
    ['another encoding of the key', { key: { enc: 'hex' } }],
    ['another kind', { type: 'token', in: 'header', name: 'x-key', sig: undefined }],
    ['the secret sorted into what is signed', { content: '{sorted:secret,query:a}' }],
    ['an answer with a digest of it', { handshake: [DIGESTING] }],
  ])('stays shut in a new version of its own workflow with %s', async (_what, more) => {
    const { id, key } = await createWebhook(api, { auth: hmac([SECRET]) });
    const config = { auth: hmac([{ sealed: await sealedOf({ id }) }], more) };
    await api.action('workflows:update', { config }, { filterByTk: id });
    expect(await unreadable({ id })).toHaveLength(1);
    for (const headers of [undefined, { 'x-key': SECRET }]) {
      expect(await call(key, headers)).toBe(401);
    }
  });

  it('stays shut where a client gives its workflow the key of another one and asks for another kind', async () => {
    const { key } = await createWebhook(api, { auth: hmac([SECRET]) }, { enabled: false });
    const values = { title: unique(), type: 'webhook', enabled: false, key, config: { auth: token([{ sealed }]) } };
    const taken = await api.action<WorkflowRecord>('workflows:create', values);
    expect(await unreadable(taken)).toEqual([sealed]);
    await api.action('workflows:update', { key: victim.key }, { filterByTk: taken.id });
    expect(await unreadable(taken)).toEqual([sealed]);
  });

  it('tells nothing of itself, however it is changed', async () => {
    const bytes = Buffer.from(sealed.slice(3), 'base64url');
    const changed = [0, 12, 20, bytes.length - 1].map((at) => {
      const copy = Buffer.from(bytes);
      copy.writeUInt8(copy.readUInt8(at) ^ 1, at);
      return `v1.${copy.toString('base64url')}`;
    });
    const spliced = [bytes.subarray(0, -16), Buffer.concat([bytes, bytes])].map(
      (part) => `v1.${part.toString('base64url')}`,
    );
    const workflow = await createWebhook(api, { auth: hmac([]) });
    const reasons = new Set<string | null>();
    for (const [index, text] of [...changed, ...spliced].entries()) {
      const config = { auth: hmac([{ sealed: text }]) };
      await api.action('workflows:update', { config }, { filterByTk: workflow.id });
      expect(await call(workflow.key)).toBe(401);
      reasons.add((await loggedDeliveries(api, workflow.key, index + 1))[0]?.reason ?? null);
    }
    expect([...reasons]).toEqual(['The secret "#1" is unreadable: enter it again.']);
    // As NocoBase's own encryptor writes it, and what never was anything like it.
    for (const foreign of [randomBytes(48).toString('hex'), 'any text']) {
      const json = { config: { auth: hmac([{ sealed: foreign }]) } };
      const refused = await api.request(`workflows:update?filterByTk=${workflow.id}`, { method: 'POST', json });
      expect(refused.status).toBe(400);
    }
  });

  it('gives nobody a digest of it that was not asked for when it was set', async () => {
    const { id, key } = await createWebhook(api, { auth: hmac([SECRET]) });
    const config = { auth: hmac([{ sealed: await sealedOf({ id }) }], { content: '{body}', handshake: [DIGESTING] }) };
    await api.action('workflows:update', { config }, { filterByTk: id });
    // The same by way of a copy, which is sealed for itself.
    const copy = await api.action<WorkflowRecord>('workflows:revision', {}, { filterByTk: id });
    await api.action('workflows:update', { enabled: true }, { filterByTk: copy.id });
    for (const path of [key, copy.key]) {
      const answer = await fetch(`${webhook(path)}?a=x`);
      expect([answer.status, await answer.text()]).toEqual([
        401,
        expect.not.stringContaining(hmacHex(SECRET, `x${SECRET}`)),
      ]);
    }
  });

  it('goes along into a revision', async () => {
    const { id, key } = await createWebhook(api, { auth: hmac([SECRET]) });
    const query = { filterByTk: id, filter: JSON.stringify({ key }) };
    const revision = await api.action<WorkflowRecord>('workflows:revision', {}, query);
    expect([revision.key, await sealedOf(revision)]).toEqual([key, await sealedOf({ id })]);
    await api.action('workflows:update', { enabled: true }, { filterByTk: revision.id });
    expect(await call(key)).toBe(200);
  });

  it('is sealed anew for a copy, from what is stored', async () => {
    const attack = { title: unique(), config: { auth: token([{ sealed }]) } };
    const copy = await api.action<WorkflowRecord>('workflows:revision', attack, { filterByTk: victim.id });
    expect(copy.key).not.toBe(victim.key);
    expect((await stored(copy.id)).config.auth).toMatchObject({ type: 'signature' });
    expect(await unreadable(copy)).toEqual([]);
    await api.action('workflows:update', { enabled: true }, { filterByTk: copy.id });
    expect(await call(copy.key)).toBe(200);
    expect(await call(victim.key)).toBe(200);
    // What was sealed for the copy is of no use elsewhere, its origin included.
    const other = await createWebhook(api, { auth: hmac([{ sealed: await sealedOf(copy) }]) });
    expect(await call(other.key)).toBe(401);
  });

  it('is sealed for the key that the client gives a copy, and for no other', async () => {
    const key = unique('key');
    const copy = await api.action<WorkflowRecord>('workflows:revision', { key }, { filterByTk: victim.id });
    expect([copy.key, await unreadable(copy)]).toEqual([key, []]);
    // Called a revision by the client, and yet with a key of its own.
    const query = { filterByTk: victim.id, filter: JSON.stringify({ key: victim.key }) };
    const moved = await api.action<WorkflowRecord>('workflows:revision', { key: unique('key') }, query);
    expect(await unreadable(moved)).toEqual([]);
    expect(await sealedOf(moved)).not.toBe(sealed);
  });

  it('that is shut stays so in a copy', async () => {
    const thief = await createWebhook(api, { auth: hmac([{ sealed }]) });
    const copy = await api.action<WorkflowRecord>('workflows:revision', {}, { filterByTk: thief.id });
    expect(await unreadable(copy)).toEqual([sealed]);
  });

  it('as a setting that is unreadable refuses, as what it is there to check would go unchecked', async () => {
    const auth = (verificationToken: string | SecretEntry): WebhookAuth => {
      return { type: 'provider', provider: 'feishu', secrets: ['k'], options: { verificationToken } };
    };
    const origin = await createWebhook(api, { auth: auth('v') });
    const { options } = (await stored(origin.id)).config.auth as ProviderAuth;
    const { verificationToken } = options as { verificationToken: SecretEntry };
    const thief = await createWebhook(api, { auth: auth(verificationToken) });
    expect(await unreadable(thief)).toEqual([verificationToken.sealed]);
    expect(await call(thief.key, {})).toBe(401);
    const [delivery] = await loggedDeliveries(api, thief.key, 1);
    expect(delivery?.reason).toBe('The secret "verificationToken" is unreadable: enter it again.');
  });
});
