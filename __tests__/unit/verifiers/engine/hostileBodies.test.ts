import { PROVIDERS } from '../../../../src/common/providers';
import type { Provider } from '../../../../src/common/providers/provider';
import { verifyRequest } from '../../../../src/server/verifiers';
import type { VerifyInput } from '../../../../src/server/verifiers/types';
import { cpuClock } from '../../../support/cpuTime';
import { toInput, withRequest } from './requests';
import { VECTORS } from './vectors';

/** Milliseconds that one refusal may keep the processor busy: far above what it takes, far below what hurts. */
const BOUND = 2_500;

/** As long as a refused body is looked into, and as long as a body may be by default. */
const SIZES = [65_536, 1 << 20];

/** Bodies that are slow to look into for who goes about it carelessly. */
const BODIES: Record<string, (size: number) => string> = {
  'line breaks': (size) => `${'\n'.repeat(size - 1)}x`,
  'line breaks of two bytes': (size) => `${'\r\n'.repeat(size / 2 - 1)}x`,
  blanks: (size) => `${' '.repeat(size - 1)}x`,
  'JSON that nests deep': (size) => '['.repeat(size / 2) + ']'.repeat(size / 2),
  'JSON that nests deep, many times': (size) =>
    `[${Array(Math.floor(size / 2_001))
      .fill('['.repeat(1_000) + ']'.repeat(1_000))
      .join(',')}]`,
  'JSON of many numbers, just deep enough': (size) =>
    `${'['.repeat(19)}${Array(size / 2 - 40)
      .fill('1')
      .join(',')}${']'.repeat(19)}`,
  'JSON beyond ASCII': (size) => `"${'é'.repeat(size / 2 - 2)}"`,
  'JSON of slashes': (size) => `"${'/'.repeat(size - 2)}"`,
  'JSON of backslashes': (size) => `"${'\\\\'.repeat(size / 2 - 2)}"`,
  'JSON of many names': (size) =>
    `{${Array.from({ length: size / 16 }, (_x, index) => `"k${index}":${index}`).join(',')}}`,
  'a form of many names': (size) => Array.from({ length: size / 16 }, (_x, index) => `k${index}=${index}`).join('&'),
  percents: (size) => '%'.repeat(size),
  'XML that nests deep': (size) => '<a>'.repeat(size / 3),
  'XML of references': (size) => `<a>${'&lt;'.repeat(size / 4 - 4)}</a>`,
  'open comments': (size) => '<!--'.repeat(size / 4),
};

/** What a provider's scheme does with a body; one of those that do the same is enough. */
function shapeOf({ id, scheme }: Provider): string {
  if (!scheme) {
    return id;
  }
  const { kind, alg, sig, content, ts, key, decrypt, headers } = scheme;
  const places = [sig.from, ts?.from ?? '', ...(scheme.id ?? [])].flat().map((place) => place.split(':')[0]);
  const work = [kind, alg, sig.split, sig.all, content, scheme.alternatives, key?.enc, decrypt, headers, places];
  return JSON.stringify(work).replace(/header:[\w-]+/g, 'header');
}

const DIFFERENT = [...new Map(PROVIDERS.map((provider) => [shapeOf(provider), provider])).values()];

const INPUTS = DIFFERENT.map(({ id }) => {
  const vector = VECTORS.find(({ provider }) => provider === id);
  const given = vector ?? { provider: id, secret: 's', request: { headers: {} }, at: 1_700_000_000 };
  return [id, { ...toInput(given), outbound: { get: () => Promise.reject(new Error('no way out')) } }] as const;
});

describe.each(Object.entries(BODIES))('%s', (_what, body) => {
  test.each(SIZES)('of %d bytes keep nobody busy', async (size) => {
    const rawBody = Buffer.from(body(size));
    const slow: string[] = [];
    for (const [provider, input] of INPUTS) {
      const spent = cpuClock();
      await verifyRequest(withRequest(input as VerifyInput, { rawBody }));
      const took = spent();
      if (took > BOUND) {
        slow.push(`${provider}: ${Math.round(took)} ms`);
      }
    }
    expect(slow).toEqual([]);
  });
});
