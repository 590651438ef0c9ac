import { execFileSync } from 'node:child_process';
import { build } from 'esbuild';
import { resolve } from 'node:path';

/** A server in a process of its own, as freezing `Object.prototype` can't be taken back. */
const SCRIPT = `
  const { createServer } = require('node:http');
  const { connect } = require('node:net');
  const names = Object.getOwnPropertyNames(Object.prototype).filter((name) => name !== '__proto__');
  const server = createServer((message, response) => {
    const { headers } = message;
    const isPlain = headers instanceof Object && typeof headers.hasOwnProperty === 'function';
    response.end(JSON.stringify([isPlain, Object.entries(headers), message.headers.host]));
  });
  if (process.argv[1] === 'with') {
    module.exports.takeAnyHeaderName(server);
    module.exports.takeAnyHeaderName(server);
  }
  Object.freeze(Object.prototype);
  server.listen(0, '127.0.0.1', async () => {
    const answers = [];
    for (const name of ['x-plain', ...names]) {
      const answer = await new Promise((resolve, reject) => {
        const lines = ['GET / HTTP/1.1', 'host: a.example', name + ': x', name + ': y', 'cookie: a=1', 'cookie: b=2'];
        const socket = connect(server.address().port, '127.0.0.1', () => {
          socket.write([...lines, 'connection: close', '', ''].join('\\r\\n'));
        });
        let text = '';
        socket.on('data', (piece) => (text += piece)).on('error', reject);
        socket.on('end', () => resolve(JSON.parse(text.slice(text.indexOf('[')))));
      });
      answers.push([name, answer]);
    }
    process.stdout.write(JSON.stringify(answers));
    process.exit();
  });
`;

let bundle = '';

beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: [resolve('src/server/net/anyHeaderName.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    logLevel: 'silent',
  });
  bundle = outputFiles[0]?.text ?? '';
});

const run = (how: string): string =>
  execFileSync(process.execPath, ['-e', bundle + SCRIPT, how], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });

it('a header may have the name of what every object has, where those are frozen', () => {
  const answers = JSON.parse(run('with')) as [string, unknown][];
  expect(answers.length).toBeGreaterThan(10);
  for (const [name, answer] of answers) {
    const isPlain = name !== 'hasOwnProperty';
    const headers = [
      ['host', 'a.example'],
      [name.toLowerCase(), 'x, y'],
      ['cookie', 'a=1; b=2'],
      ['connection', 'close'],
    ];
    expect([name, answer]).toEqual([name, [isPlain || expect.any(Boolean), headers, 'a.example']]);
  }
});

it('without it, Node ends', () => {
  expect(() => run('without')).toThrow(/Command failed/);
});
