import { VECTORS } from '../verifiers/engine/vectors';
import { CHALLENGES } from '../verifiers/engine/vectors/challenges';
import type { VectorRequest } from '../verifiers/engine/vectors/types';
import { NOW, run } from './support';

/** A request as one would save it. */
function saved({ method = 'POST', url = '/api/webhooks/key', headers = {}, body = '' }: VectorRequest): string {
  const lines = Object.entries({ host: 'example.com', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${url} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}

const stripe = VECTORS.find(({ provider }) => provider === 'stripe')!;
const STRIPE = ['verify', '--provider', 'stripe', '--request', 'saved.http'];
const stripeFiles = { 'saved.http': saved(stripe.request) };
const env = { WEBHOOK_SECRET: String(stripe.secret) };

describe('verify', () => {
  const literal = VECTORS.filter(({ secret, fetched }) => typeof secret === 'string' && fetched === undefined);
  it.each(literal.map((vector) => [vector.provider, vector] as const))(
    'accepts the vector of %s',
    async (id, vector) => {
      const options = Object.entries(vector.options ?? {}).flatMap(([name, value]) => ['--option', `${name}=${value}`]);
      const url = vector.request.url?.startsWith('http') ? ['--url', vector.request.url] : [];
      const args = ['verify', '--provider', id, '--request', 'r', '--now', String(vector.at), ...options, ...url];
      const ran = await run(args, {
        files: { r: saved(vector.request) },
        env: { WEBHOOK_SECRET: String(vector.secret) },
      });
      expect(ran).toMatchObject({ code: 0, err: '' });
      expect(ran.out).toMatch(/^accepted\n/);
      if (vector.deliveryId) {
        expect(ran.out).toContain(`delivery id: ${vector.deliveryId}`);
      }
    },
  );

  it('shows what a URL challenge is answered with', async () => {
    const slack = CHALLENGES.find(({ provider }) => provider === 'slack')!;
    const ran = await run(['verify', '--provider', 'slack', '--request', '-', '--secret', String(slack.secrets[0])], {
      files: { '-': saved(slack.request) },
      now: slack.at,
    });
    expect(ran).toMatchObject({ code: 0 });
    expect(ran.out).toContain('handshake: url_verification; starts nothing, is answered with 200:');
    expect(ran.out).toContain(slack.reply.body);
  });

  it('takes a request saved with plain line ends, and any body byte for byte', async () => {
    const [head = '', body = ''] = saved(stripe.request).split('\r\n\r\n');
    const files = { 'saved.http': `${head.replaceAll('\r\n', '\n')}\n\n${body}` };
    expect(await run(STRIPE, { files, env })).toMatchObject({ code: 0 });
    const longer = await run(STRIPE, { files: { 'saved.http': `${files['saved.http']}\n` }, env });
    expect(longer.code).toBe(1);
    expect(longer.out).toContain('The body was changed on its way: line breaks were added or removed.');
  });

  it('takes the secret from a file, without its last line break', async () => {
    const files = { ...stripeFiles, key: `${stripe.secret}\n` };
    expect(await run([...STRIPE, '--secret-file', 'key'], { files })).toMatchObject({ code: 0 });
  });

  it('says which of several secrets it was', async () => {
    const secrets = ['--secret', 'old one', '--secret', String(stripe.secret)];
    const named = await run([...STRIPE, ...secrets, '--secret-name', 'old', '--secret-name', 'new'], {
      files: stripeFiles,
    });
    expect(named.out).toContain('  secret: new\n');
  });

  it.each([
    ['another secret', { env: { WEBHOOK_SECRET: 'x' } }, 'signed with another secret'],
    ['no secret', { env: {} }, 'No secret is set'],
    ['an old request', { now: NOW + 412 }, 'The signed time is 412 s ago; 300 s are allowed.'],
    ['an old request', { now: NOW + 412 }, 'All but its time is right. Say when it was received with --now'],
  ])('refuses %s and says why', async (_what, given, reason) => {
    const ran = await run(STRIPE, { files: stripeFiles, env, ...given });
    expect(ran.code).toBe(1);
    expect(ran.out).toMatch(/^refused\n/);
    expect(ran.out).toContain(reason);
  });

  it('leaves the time aside when told to', async () => {
    expect(await run([...STRIPE, '--tolerance', '0'], { files: stripeFiles, env, now: NOW + 9999 })).toMatchObject({
      code: 0,
    });
  });

  it.each([
    ['content-length', '4711', 'content-length says 4711 bytes'],
    ['content-encoding', 'gzip', 'save the request unpacked'],
  ])('notices how a request was saved: %s', async (name, value, hint) => {
    const request = { ...stripe.request, headers: { ...stripe.request.headers, [name]: value }, body: 'x' };
    expect((await run(STRIPE, { files: { 'saved.http': saved(request) }, env })).out).toContain(hint);
  });

  it('takes the settings of a webhook from a file, with variables from the environment', async () => {
    const auth = { type: 'basic', username: 'u', passwords: ['{{$env.PASS}}'] };
    const authorization = `Basic ${Buffer.from('u:p').toString('base64')}`;
    const files = { auth: JSON.stringify(auth), r: saved({ headers: { authorization } }) };
    const args = ['verify', '--auth', 'auth', '--request', 'r'];
    expect(await run(args, { files, env: { PASS: 'p' } })).toMatchObject({ code: 0 });
    expect(await run(args, { files, env: { PASS: 'q' } })).toMatchObject({ code: 1 });
  });

  it('takes the secrets of the settings, whatever WEBHOOK_SECRET was set for; those of the command line go first', async () => {
    const auth = { type: 'token', in: 'header', name: 'x-key', secrets: [{ name: 'main', value: '{{$env.KEY}}' }] };
    const files = {
      auth: JSON.stringify(auth),
      bare: JSON.stringify({ ...auth, secrets: [] }),
      r: saved({ headers: { 'x-key': 'k' } }),
    };
    const verified = (file: string, env: Record<string, string>, ...more: string[]) =>
      run(['verify', '--auth', file, '--request', 'r', ...more], { files, env });
    expect(await verified('auth', { KEY: 'k', WEBHOOK_SECRET: 'other' })).toMatchObject({ code: 0 });
    expect(await verified('auth', { KEY: 'other', WEBHOOK_SECRET: 'k' })).toMatchObject({ code: 1 });
    expect(await verified('auth', { KEY: 'other' }, '--secret', 'k')).toMatchObject({ code: 0 });
    expect(await verified('bare', { WEBHOOK_SECRET: 'k' })).toMatchObject({ code: 0 });
  });
});

describe('called wrongly', () => {
  it.each([
    [['verify'], 'Say what to verify'],
    [['verify', '--request', 'r'], 'Say whom to believe'],
    [['verify', '--request', 'r', '--provider', 'nobody'], 'There is no provider "nobody"'],
    [['verify', '--request', 'r', '--provider', 'stripe', '--option', 'x=1'], 'Stripe has no option "x"; it has none.'],
    [['verify', '--request', 'r', '--provider', 'stripe', '--now', 'today'], '--now wants seconds, not "today".'],
    [['verify', '--request', 'missing', '--provider', 'stripe'], 'ENOENT'],
    [['verify', '--request', 'broken', '--provider', 'stripe'], 'A saved request begins with a line such as'],
    [['verify', '--request', 'headless', '--provider', 'stripe'], 'is no header line'],
    [['verify', '--request', 'r', '--auth', 'broken'], "can't be read as JSON"],
    [['verify', '--request', 'r', '--auth', 'list'], 'has to hold a webhook\'s "auth" settings'],
    [['verify', '--what'], '--what'],
    [['sing'], 'There is no command "sing"'],
  ])('%j ends with 2 and says how', async (args, message) => {
    const files = { r: 'POST / HTTP/1.1\n\n', broken: 'hello', headless: 'POST / HTTP/1.1\n{"a":1}', list: '[]' };
    const ran = await run(args, { files });
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toContain(message);
  });

  it('shows its help', async () => {
    expect(await run([])).toMatchObject({ code: 2, out: expect.stringContaining('--request FILE') });
    expect(await run(['verify', '--help'])).toMatchObject({ code: 0, out: expect.stringContaining('WEBHOOK_SECRET') });
  });

  it('lists every provider', async () => {
    const { out, code } = await run(['list']);
    expect(code).toBe(0);
    expect(out).toMatch(/^stripe +Stripe: Signing secret \(whsec_…\)$/m);
    expect(out).toMatch(/^meta .*\[verifyToken, required\]$/m);
  });
});
