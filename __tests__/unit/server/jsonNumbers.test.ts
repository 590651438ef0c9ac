import { JsonTooComplex } from '../../../src/server/boundedJson';
import { withExactNumbers } from '../../../src/server/jsonNumbers';
import { cpuClock } from '../../support/cpuTime';

it.each<[string, string]>([
  ['8202522731445525542', '"8202522731445525542"'],
  ['{"id":8202522731445525543,"n":7}', '{"id":"8202522731445525543","n":7}'],
  [
    '[9007199254740991,9007199254740992,-9007199254740992,-9007199254740991]',
    '[9007199254740991,"9007199254740992","-9007199254740992",-9007199254740991]',
  ],
  ['[ 12345678901234567890 , 1 ]', '[ "12345678901234567890" , 1 ]'],
  ['[1e400,-1e400,1e-400,1e308]', '["1e400","-1e400",1e-400,1e308]'],
  [
    '[8202522731445525542.0,8.202522731445525542E18,1.5e+300]',
    '["8202522731445525542.0","8.202522731445525542E18",1.5e+300]',
  ],
  ['[1000000000000000000000,1e21,1.0e21]', '["1000000000000000000000",1e21,1.0e21]'],
  ['[1e309,-1E400,0e999,-0.0e9,10e299,100E+20,0.1e17]', '["1e309","-1E400",0e999,-0.0e9,10e299,100E+20,0.1e17]'],
  [
    '[900719925474099.3e1,9007199254740993e0,9007199254740994.0]',
    '["900719925474099.3e1","9007199254740993e0",9007199254740994.0]',
  ],
  ['[0.12345678901234567,3.14159265358979323846]', '[0.12345678901234567,3.14159265358979323846]'],
  ['{"a":"8202522731445525542","\\"8202522731445525542":1}', '{"a":"8202522731445525542","\\"8202522731445525542":1}'],
  ['{"a\\\\":8202522731445525542}', '{"a\\\\":"8202522731445525542"}'],
])('%s: big numbers as texts', (text, exact) => {
  expect(withExactNumbers(text, 'big')).toBe(exact);
});

it.each<[string, string]>([
  ['[1,1.0,1e0,-0.5,-0,0e999,-0.0e9]', '[1,1.0,1e0,-0.5,-0,0e999,-0.0e9]'],
  [
    '[8202522731445525542,9007199254740993,9007199254740992]',
    '["8202522731445525542","9007199254740993",9007199254740992]',
  ],
  ['[0.1234567890123456789,0.12345678901234567]', '["0.1234567890123456789","0.12345678901234567"]'],
  [
    '[1e309,-1e309,1e-400,1.2345678e-320,5e-324,2.5e-308]',
    '["1e309","-1e309","1e-400","1.2345678e-320",5e-324,2.5e-308]',
  ],
  ['{"1":12345678901234567891}', '{"1":"12345678901234567891"}'],
  ['true', 'true'],
])('%s: those as texts that would lose digits', (text, exact) => {
  expect(withExactNumbers(text, 'inexact')).toBe(exact);
});

it.each<[string, string, boolean]>([
  ['ids without end', '8202522731445525542', true],
  ['numbers that JavaScript has', '10e299', true],
  ['small numbers', '7', true],
  ['short ones that it has not', '1e309', false],
])('a megabyte of %s', (_what, literal, isTaken) => {
  const text = `[${Array.from({ length: 1_000_000 / (literal.length + 1) }, () => literal).join(',')}]`;
  for (const which of ['big', 'inexact'] as const) {
    const convert = () => withExactNumbers(text, which);
    if (isTaken) {
      expect(convert).not.toThrow();
    } else {
      expect(convert).toThrow(JsonTooComplex);
    }
  }
});

it.each([
  '{8202522731445525542:1}',
  '{"a":1,8202522731445525542 \n:1}',
  '[08202522731445525542]',
  '[+8202522731445525542]',
  '[8202522731445525542-1]',
  '[8202522731445525542.]',
  '[1 8202522731445525542]',
  '["8202522731445525542',
  '[8202522731445525542e]',
  '8202522731445525542x',
])('%s is no JSON, and becomes none', (text) => {
  expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
  expect(() => JSON.parse(withExactNumbers(text, 'big')) as unknown).toThrow(SyntaxError);
  expect(() => JSON.parse(withExactNumbers(text, 'inexact')) as unknown).toThrow(SyntaxError);
});

it('reads hostile texts in little time', () => {
  const spent = cpuClock();
  for (const text of [
    '9'.repeat(1_000_000),
    '0'.repeat(1_000_000),
    '-'.repeat(1_000_000),
    `[${`1e${'0'.repeat(390)}1,`.repeat(2_500)}1]`,
    '999999999999999 '.repeat(60_000),
    `${'99999999999999999 '.repeat(50_000)}`,
    `9999999999999999${' '.repeat(1_000_000)}`,
    '"'.repeat(1_000_000),
    '"\\'.repeat(500_000),
  ]) {
    withExactNumbers(text, 'big');
    withExactNumbers(text, 'inexact');
  }
  expect(spent()).toBeLessThan(1_500);
});

it.each(['1e309', '10e299', '-1e400'])('takes %s not much longer than whole numbers', (literal) => {
  const least = (unit: string) => {
    const text = `${unit},`.repeat(Math.floor(100_000 / (unit.length + 1)));
    const rounds = Array.from({ length: 5 }, () => {
      const spent = process.cpuUsage();
      for (let turn = 0; turn < 10; turn++) {
        withExactNumbers(text, 'big');
      }
      return process.cpuUsage(spent).user;
    });
    return Math.min(...rounds) / (text.length / (unit.length + 1));
  };
  // By the least of five rounds, for each number. Read apart by texts and patterns, they took up to four times as long.
  expect(least(literal) / least('12345678901234567')).toBeLessThan(2);
});
