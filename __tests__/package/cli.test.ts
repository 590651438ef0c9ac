import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packedPlugin } from '../support/hosts';

const dir = mkdtempSync(join(tmpdir(), 'nocobase-webhook-cli-'));
const cli = join(dir, 'package', 'dist', 'cli', 'index.js');

beforeAll(() => {
  execFileSync('tar', ['-xzf', packedPlugin(), '-C', dir]);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Runs the packed command away from the project, so that it finds none of its packages. */
function run(args: string[], { input, secret = 'a secret' }: { input?: Buffer; secret?: string } = {}) {
  const env = { PATH: process.env.PATH, WEBHOOK_SECRET: secret };
  return spawnSync(process.execPath, [cli, ...args], { cwd: dir, env, input });
}

it('is the command that the manifest names, for any shell', () => {
  const manifest = JSON.parse(
    execFileSync('tar', ['-xOzf', packedPlugin(), 'package/package.json'], { encoding: 'utf8' }),
  );
  expect(manifest.bin).toEqual({ 'nocobase-webhook': expect.stringMatching(/^(\.\/)?dist\/cli\/index\.js$/) });
  expect(statSync(cli).size).toBeLessThan(1_500_000);
  expect(execFileSync('head', ['-1', cli], { encoding: 'utf8' })).toBe('#!/usr/bin/env node\n');
});

it('signs a request that it then accepts, and refuses with another secret', () => {
  const url = 'https://nocobase.example.com/api/webhooks/orders';
  const signed = run(['sign', '--provider', 'stripe', '--url', url, '--format', 'http']);
  expect(signed).toMatchObject({ status: 0, stderr: Buffer.alloc(0) });
  const verify = ['verify', '--provider', 'stripe', '--request', '-'];
  const accepted = run(verify, { input: signed.stdout });
  expect([accepted.status, accepted.stdout.toString()]).toEqual([
    0,
    expect.stringMatching(/^accepted\n {2}delivery id: [0-9a-f]{64}\n$/),
  ]);
  const refused = run(verify, { input: signed.stdout, secret: 'another' });
  expect([refused.status, refused.stdout.toString()]).toEqual([
    1,
    expect.stringMatching(/^refused\n {2}The signature/),
  ]);
  writeFileSync(join(dir, 'saved.http'), signed.stdout);
  expect(run(['verify', '--provider', 'stripe', '--request', 'saved.http']).status).toBe(0);
  expect(run(['verify', '--provider', 'stripe', '--request', 'missing.http']).status).toBe(2);
});
