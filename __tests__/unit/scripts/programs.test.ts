import { CHROMIUM, ensurePrograms, MissingPrograms } from '../../../scripts/test/programs';

const SERVER = { title: 'Some server', port: 1, command: 'no-such-server', debian: 'some-server' };

/** A machine with these programs, on which packages are installed, or not; keeps what was to be installed. */
function machine(present: string[], installs: (packages: string[]) => boolean) {
  const asked: string[][] = [];
  const installOnDebian = (packages: string[]) => {
    asked.push(packages);
    return installs(packages);
  };
  return { asked, present, isOnPath: (command: string) => present.includes(command), installOnDebian };
}

beforeEach(() => {
  delete process.env.CHROMIUM;
});

it.each(CHROMIUM)('nothing is installed where all is there, with Chromium as %s', async (name) => {
  const all = machine([name, 'pg_dump', 'mariadb-dump'], () => true);
  expect([await ensurePrograms(all, []), all.asked]).toEqual(['all are there', []]);
});

it('takes the Chromium that is named', async () => {
  process.env.CHROMIUM = '/opt/chromium';
  const named = machine(['pg_dump', 'mariadb-dump'], () => true);
  expect(await ensurePrograms(named, [])).toBe('all are there');
});

it('installs what is missing, and that alone', async () => {
  const bare = machine(['pg_dump'], () => bare.present.push('chromium', 'mariadb-dump') > 0);
  expect(await ensurePrograms(bare, [])).toBe('installed chromium, mariadb-client');
  expect(bare.asked).toEqual([['chromium', 'mariadb-client']]);
});

it.each([
  ['nothing can be installed', false],
  ['what was installed is not there', true],
])('says in a line each what is missing where %s', async (_what, installs) => {
  const missing = ensurePrograms(
    machine([], () => installs),
    [SERVER],
  );
  const error: unknown = await missing.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(MissingPrograms);
  const { lines } = error as MissingPrograms;
  expect(lines.map((line) => line.replace(/ To have it: .*/, ''))).toEqual([
    'Missing: Chromium, for the browser tests.',
    "Missing: PostgreSQL's pg_dump.",
    "Missing: MariaDB's mariadb-dump and mariadb.",
    'Missing: Some server, of which none answers at 127.0.0.1:1.',
  ]);
});
