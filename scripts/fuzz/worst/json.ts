import { filled, MEGABYTE, short, times } from './fill';

/** JSON texts of a megabyte that take as long as they can. */
export const WORST_JSON: Readonly<Record<string, () => string>> = {
  'usual records': () => list((n) => `{"id":${n},"name":"item ${n}","price":${n}.5,"tags":["a","b"],"ok":true}`),
  'empty lists': () => list(() => '[]'),
  'as many objects as are taken': () => list(() => '{},"aaaa"'),
  'objects of one name': () => list(() => '{"aaa":0}'),
  'objects of many names': () => list((n) => `{"${short(n % 990)}":0}`),
  'objects of more names': () => list((n) => `{"${short(n % 17_000).padStart(14, 'x')}":0}`),
  numbers: () => list(() => '1'),
  'long numbers': () => list(() => '1.2345678901234567e-300'),
  'numbers beyond all': () => list(() => '1e309'),
  'as many numbers beyond all as are taken': () => list(() => '1e309,"aaaaaa"'),
  'large numbers in other digits': () => list(() => '10e299'),
  'tokens that the rest begins like': () => {
    const token = `ab${'a'.repeat(MEGABYTE / 8)}`;
    return `{"token":"${token}","verification_token":"${token}","value":[{"clientState":"${token}"}],"pad":"${'a'.repeat((MEGABYTE * 5) / 8 - 200)}"}`;
  },
  'ids beyond 2^53': () => list((n) => `1${String(n).padStart(19, '0')}`),
  'fractions of too many digits': () => list((n) => `1e22,0.1234567890123456${n % 10}`),
  'numbers beyond all, in objects': () => list(() => '{"a":1e999}'),
  'a table of numbers beyond all': () => table((n) => `"${short(n)}":1e999`),
  'a table of ids beyond 2^53': () => table((n) => `"${short(n)}":1${String(n).padStart(19, '0')}`),
  'one long number': () => '9'.repeat(MEGABYTE),
  'empty texts': () => list(() => '""'),
  'texts of NUL': () => list(() => '"\\u0000"'),
  'one text of NUL': () => `"${'\\u0000'.repeat(MEGABYTE / 6 - 1)}"`,
  'one text of half pairs': () => `"${'\\ud800'.repeat(MEGABYTE / 6 - 1)}"`,
  'one text beyond ASCII': () => `"${'中'.repeat(MEGABYTE / 3 - 1)}"`,
  'one text of ligatures': () => `"${'\ufb03'.repeat(MEGABYTE / 3 - 1)}"`,
  'texts of ligatures': () => list(() => '"\ufb03\u0149\u0390"'),
  'one text of escapes': () => `"${'\\u0041'.repeat(MEGABYTE / 6 - 1)}"`,
  'one text of percents that are escaped': () => `"${'%2525'.repeat(MEGABYTE / 5 - 1)}"`,
  'texts of escapes': () => list(() => '"%2525\\u0041&amp;"'),
  'texts that differ': () => list((n) => `"${short(n)}"`),
  'one text of slashes': () => `"${'/'.repeat(MEGABYTE - 2)}"`,
  'one text of backslashes': () => `"${'\\\\'.repeat(MEGABYTE / 2 - 1)}"`,
  'a table': () => table((n) => `"k${short(n)}":0`),
  'a table with room': () => table((n) => `"key-${n}":"abc"`),
  'a table by number': () => table((n) => `"${n * 1_000}":0`),
  'a table of names with NUL': () => table((n) => `"${short(n)}\\u0000":0`),
  'one name again and again': () => table(() => '"a":0'),
  'names like a prototype': () => list(() => '{"__proto__":{"constructor":{"prototype":0}}}'),
  'one long name': () => `{"${'a'.repeat(MEGABYTE - 8)}":0}`,
  'deep lists': () => list(() => `${'['.repeat(28)}1${']'.repeat(28)},"${'a'.repeat(200)}"`),
  'deep objects': () => list(() => `${'{"a":'.repeat(28)}0${'}'.repeat(28)}`),
  'levels alone': () => '['.repeat(MEGABYTE / 2) + ']'.repeat(MEGABYTE / 2),
  'levels without end': () => '['.repeat(MEGABYTE),
  spaces: () => `${' '.repeat(MEGABYTE - 1)}1`,
  'broken at the end': () => filled('{"a":0},"b",', { before: '[', after: 'x' }),
  'long fields that tokens stand in': () =>
    `{"token":"${'é'.repeat(MEGABYTE / 8)}","value":[${times(32, (n) => `{"clientState":"${n}${'é'.repeat(11_000)}"}`).join(',')}]}`,
  'deep lists of 64 KB, which refusals look into': () => list(() => `${'['.repeat(18)}0${']'.repeat(18)}`, 65_536),
  'objects beside a signature': () =>
    `{"sign":"${'0'.repeat(32)}","list":${list(() => '{"a":0,"b":"cccccccc"}', MEGABYTE - 60)}}`,
  'names beside a signature': () => table((n) => (n === 0 ? `"sign":"${'0'.repeat(32)}"` : `"key-${n}":"abcdef"`)),
  'fields that signatures stand in': () =>
    `{"encrypt":"${'A'.repeat(MEGABYTE / 2)}","token":"x","value":[${times(20_000, () => '{"clientState":"x"}').join(',')}]}`,
};

function list(item: (index: number) => string, size = MEGABYTE): string {
  return filled(item, { before: '[', after: ']', between: ',', size });
}

function table(entry: (index: number) => string): string {
  return filled(entry, { before: '{', after: '}', between: ',' });
}
