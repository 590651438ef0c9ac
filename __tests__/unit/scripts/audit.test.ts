import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { packagesOf } from '../../../scripts/audit/bundledPackages';
import { npmAudit } from '../../../scripts/audit/npmAudit';

const PACKAGES = [
  { name: 'minimist', version: '0.0.8' },
  { name: 'minimist', version: '1.2.8' },
  { name: '@scope/parser', version: '2.0.0' },
];
const ADVISORY = { id: 1, url: 'https://advisories.example/1', title: 'Prototype pollution', severity: 'critical' };

describe('npm is asked', () => {
  let server: Server;
  let asked: unknown[];
  let answer: { status: number; body: unknown };
  const settings = { ...process.env };
  let cache: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        const isQuestion = request.url === '/-/npm/v1/security/advisories/bulk';
        if (isQuestion) {
          asked.push(JSON.parse(gunzipSync(Buffer.concat(pieces)).toString()));
        }
        response.statusCode = isQuestion ? answer.status : 404;
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify(isQuestion ? answer.body : {}));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // npm remembers what it was told of an advisory.
    cache = mkdtempSync(join(tmpdir(), 'webhook-audit-'));
    process.env.npm_config_cache = cache;
    process.env.npm_config_registry = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });

  beforeEach(() => {
    asked = [];
  });

  afterAll(async () => {
    process.env = settings;
    rmSync(cache, { recursive: true, force: true });
    await new Promise((resolve) => server.close(resolve));
  });

  it('about exactly what is bundled, and says what is vulnerable', async () => {
    answer = { status: 200, body: { minimist: [{ ...ADVISORY, vulnerable_versions: '<1.0.0' }] } };
    const { title, url, severity } = ADVISORY;
    expect(await npmAudit(PACKAGES)).toEqual({
      kind: 'answered',
      findings: [{ name: 'minimist', severity, title, url }],
    });
    expect(asked).toEqual([{ minimist: ['0.0.8', '1.2.8'], '@scope/parser': ['2.0.0'] }]);
  });

  it('and nothing found is told from nothing known', async () => {
    answer = { status: 200, body: {} };
    expect(await npmAudit(PACKAGES)).toEqual({ kind: 'answered', findings: [] });
    answer = { status: 405, body: {} };
    expect(await npmAudit(PACKAGES)).toEqual({ kind: 'unavailable', reason: expect.stringContaining('405') });
  });
});

it('takes each package once, by the folder that holds the file', () => {
  const files = ['busboy/lib/index.js', 'busboy/lib/utils.js', 'proxy-addr/node_modules/ipaddr.js/lib/ipaddr.js'];
  const found = packagesOf([...files.map((file) => `node_modules/${file}`), 'src/server/index.ts']);
  expect(found.map(({ name }) => name)).toEqual(['busboy', 'ipaddr.js']);
});
