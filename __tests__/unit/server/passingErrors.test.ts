import { ConnectionRefusedError, DatabaseError } from 'sequelize';
import { handle } from '../../../src/server/pipeline';
import type { Services } from '../../../src/server/pipeline/stage';
import type { Received } from '../../../src/server/pipeline/types';

const coded = (code: string) => new DatabaseError(Object.assign(new Error(code), { code, sql: '' }));

/** What a caller is answered where a stage ahead of storing fails with this. */
async function answerTo(error: unknown) {
  const release = jest.fn();
  const received = { target: { path: 'x', keyOnly: false }, lease: { release }, headers: {}, method: 'POST' };
  const services = {
    routes: {
      find: () => {
        throw error;
      },
      isLiteral: () => false,
    },
    metrics: { observe: () => undefined },
    stats: { count: () => undefined },
    report: () => undefined,
  };
  const answer = await handle(received as unknown as Received, services as unknown as Services);
  expect(release).toHaveBeenCalledTimes(1);
  return answer;
}

it.each<[string, unknown]>([
  ['a database that is away', new ConnectionRefusedError(new Error('gone'))],
  ['a deadlock', coded('40P01')],
  ['a database that is busy', coded('SQLITE_BUSY')],
])('%s: the caller is told to come again', async (_what, error) => {
  const { status, headers, body } = await answerTo(error);
  expect([status, headers['retry-after'], body]).toEqual([503, '5', expect.stringContaining('"NOT_RECORDED"')]);
});

it.each<[string, unknown]>([
  ['a defect', new TypeError('x is not a function')],
  ['what the database never takes', coded('22P05')],
])('%s: it is this side', async (_what, error) => {
  const { status, body } = await answerTo(error);
  expect([status, body]).toEqual([500, expect.stringContaining('"INTERNAL"')]);
});
