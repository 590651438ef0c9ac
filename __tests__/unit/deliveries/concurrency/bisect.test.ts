import { bisect } from '../../../../src/server/deliveries/concurrency/bisect';

const away = new Error('the database is away');

/** Writes letters in capitals. It refuses any `x`, and is away once there is a lone `!`; notes what was tried. */
function setUp() {
  const tried: string[] = [];
  const write = async (items: readonly string[]) => {
    tried.push(items.join(''));
    if (items.includes('x')) {
      throw new Error('bad item');
    }
    if (items.includes('!')) {
      throw away;
    }
    return items.map((item) => item.toUpperCase());
  };
  return { tried, write: (items: string) => bisect([...items], write, (error) => error === away) };
}

test.each<[string, string, string[], string[]]>([
  ['nothing', '', [], []],
  ['all at once', 'abc', ['A', 'B', 'C'], ['abc']],
  ['a bad one alone', 'abxd', ['A', 'B', 'bad item', 'D'], ['abxd', 'ab', 'xd', 'x', 'd']],
  ['a lone bad one once', 'x', ['bad item'], ['x']],
  ['all fail where it is none of their fault', 'a!c', Array<string>(3).fill(away.message), ['a!c']],
  ['what half of them wrote stands', 'abx!', ['A', 'B', 'bad item', away.message], ['abx!', 'ab', 'x!', 'x', '!']],
])('%s', async (_what, items, expected, attempts) => {
  const { tried, write } = setUp();
  const results = await write(items);
  expect(results.map((result) => (result.status === 'fulfilled' ? result.value : result.reason.message))).toEqual(
    expected,
  );
  expect(tried).toEqual(attempts);
});
