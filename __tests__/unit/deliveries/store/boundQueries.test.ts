import type { Sequelize } from 'sequelize';
import { boundQueries } from '../../../../src/server/deliveries/store/boundQueries';
import { isInDoubt, isSilence } from '../../../../src/server/deliveries/store/databaseErrors';
import type { Connection } from '../../../../src/server/deliveries/store/driver';

type Hook = (options: object, query: object) => void;

/** A pool that a statement is run on as Sequelize runs it. */
function poolOf(dialect: string) {
  const hooks: Hook[] = [];
  const givenUp: Connection[] = [];
  const sequelize = {
    getDialect: () => dialect,
    addHook: (_name: string, hook: Hook) => hooks.push(hook),
  } as unknown as Sequelize;
  boundQueries(sequelize, (connection) => givenUp.push(connection));
  const run = async (
    connection: Connection,
    answer: () => Promise<unknown>,
    { parameters = [] as unknown[], transaction = null as object | null } = {},
  ): Promise<unknown> => {
    const query: { connection: Connection; run(sql: string, parameters: unknown[]): Promise<unknown> } = {
      connection,
      run: answer,
    };
    hooks.forEach((hook) => hook({ transaction }, query));
    return query.run('SELECT 1', parameters);
  };
  return { sequelize, run, givenUp };
}

const connectionOf = (): Connection & { asked: string[] } => {
  const asked: string[] = [];
  return { asked, query: (sql) => Promise.resolve(asked.push(sql)) };
};
const never = () => new Promise<never>(() => undefined);
const failureOf = (work: Promise<unknown>) => work.then(() => null).catch((error: unknown) => error);

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('gives up a connection that says nothing, and tells that the statement is in doubt', async () => {
  const { run, givenUp } = poolOf('postgres');
  const connection = connectionOf();
  const failure = failureOf(run(connection, never));
  await jest.advanceTimersByTimeAsync(6_000);
  expect(givenUp).toEqual([]);
  await jest.advanceTimersByTimeAsync(200);
  expect(givenUp).toEqual([connection]);
  const error = await failure;
  expect([isSilence(error), isInDoubt(error)]).toEqual([true, true]);
  // What comes after it on the same connection, such as a ROLLBACK, waits for nothing.
  const ran = jest.fn(never);
  expect(isSilence(await failureOf(run(connection, ran)))).toBe(true);
  expect(ran).not.toHaveBeenCalled();
});

it('lets an answer and an error through as they are, and leaves no timer', async () => {
  const { run, givenUp } = poolOf('mariadb');
  const error = new Error('wrong');
  expect(await run(connectionOf(), () => Promise.resolve(['row']))).toEqual(['row']);
  expect(await failureOf(run(connectionOf(), () => Promise.reject(error)))).toBe(error);
  expect(jest.getTimerCount()).toBe(0);
  expect(givenUp).toEqual([]);
});

it.each([
  ['postgres', ['SET statement_timeout TO 7000', 'SET statement_timeout TO 5000']],
  ['mariadb', ['SET SESSION max_statement_time = 7', 'SET SESSION max_statement_time = 5']],
])('gives a large statement more time, on %s', async (dialect, asked) => {
  const { run, givenUp } = poolOf(dialect);
  const connection = connectionOf();
  const parameters = ['x'.repeat((4 << 20) + 2_000_000)];
  const answered = run(connection, () => new Promise((resolve) => setTimeout(resolve, 7_500)), { parameters });
  await jest.advanceTimersByTimeAsync(7_500);
  await answered;
  expect(connection.asked).toEqual(asked);
  expect(givenUp).toEqual([]);
});

it('refuses a transaction of another pool', async () => {
  const { run, sequelize } = poolOf('postgres');
  const transaction = { sequelize: {} };
  await expect(run(connectionOf(), never, { transaction })).rejects.toThrow('of one pool');
  expect(await run(connectionOf(), () => Promise.resolve(1), { transaction: { sequelize } })).toBe(1);
});
