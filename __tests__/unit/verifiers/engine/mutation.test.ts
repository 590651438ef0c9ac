import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { build, stop } from 'esbuild';
import type { verifyRequest } from '../../../../src/server/verifiers';
import { blankCase, CASES } from './cases';
import { signedWith } from './vectors/blank';

type Verify = typeof verifyRequest;

/** A way to break the engine: `from` in one of its files becomes `to`. */
interface Mutant {
  breaks: string;
  file: string;
  from: string;
  to: string;
}

const BLANK_IS_A_SECRET: Mutant = {
  breaks: 'an empty secret is a secret',
  file: 'resolveSecrets.ts',
  from: "typeof value === 'string' && value.trim() === ''",
  to: 'false',
};

const MUTANTS: Mutant[] = [
  {
    breaks: 'any signature of the right length will do',
    file: 'providers/fields.ts',
    from: 'left.length === right.length && timingSafeEqual(left, right)',
    to: 'left.length === right.length',
  },
  {
    breaks: 'only what is too old is refused, not what is too far in the future',
    file: 'providers/fields.ts',
    from: 'Math.abs(now - signedAt)',
    to: 'now - signedAt',
  },
  { breaks: 'no time is checked', file: 'providers/fields.ts', from: 'tolerance === 0 || off', to: 'true || off' },
  {
    breaks: "the webhook's own tolerance is not looked at",
    file: 'signedTime.ts',
    from: 'tolerance ?? ts.tol',
    to: 'ts.tol',
  },
  {
    breaks: 'the body is signed as JSON that was written anew',
    file: 'template.ts',
    from: 'body ?? sources.request.rawBody',
    to: "body ?? sources.request.rawBody.toString('utf8').trim()",
  },
  {
    breaks: 'a signed header that is missing counts as empty',
    file: 'Sources.ts',
    from: "return values[0] ? values[0] : refuse('VALUE_MISSING', { place: source });",
    to: "return values[0] ?? '';",
  },
  {
    breaks: 'of a header that is there twice the first counts',
    file: 'Sources.ts',
    from: 'values.length > 1',
    to: 'values.length > 99',
  },
  {
    breaks: 'a signature is decoded as loosely as Node does',
    file: 'encoding.ts',
    from: 'bytes.toString(encoding) === unpadded ? bytes : null',
    to: 'bytes',
  },
  BLANK_IS_A_SECRET,
  {
    breaks: 'no secret lets everybody in',
    file: 'scheme.ts',
    from: "return refuse('SECRET_NOT_SET');",
    to: 'return { ok: true, secretName: null, deliveryId: null };',
  },
  {
    breaks: 'an expired secret goes on',
    file: 'resolveSecrets.ts',
    from: '!(Date.parse(expiresAt) / 1000 > now)',
    to: 'false',
  },
  {
    breaks: 'only the last of several signatures counts',
    file: 'signatures.ts',
    from: 'written.map((text) => decode(scheme, text))',
    to: 'written.slice(-1).map((text) => decode(scheme, text))',
  },
  {
    breaks: 'only the first secret is tried',
    file: 'scheme.ts',
    from: 'for (const secret of candidates)',
    to: 'for (const secret of candidates.slice(0, 1))',
  },
  {
    breaks: 'a challenge is answered without its signature',
    file: 'handshakes.ts',
    from: "auth === 'signature' ||",
    to: '',
  },
  {
    breaks: 'a secret is taken over while one is set',
    file: 'handshakes.ts',
    from: "(auth === 'if-no-secret' && secrets.anySet)",
    to: 'false',
  },
  {
    breaks: 'a challenge is answered whatever the setting is that it has to name',
    file: 'handshakes.ts',
    from: 'return allowed.filter((text) => equalText(text, value)).length > 0',
    to: 'return allowed',
  },
  {
    breaks: 'a public key may be of any kind and say which',
    file: 'signatureKinds.ts',
    from: 'signatures.map((signature) => feed(createVerify(alg), content).verify(options, signature))',
    to: 'signatures.map(() => true)',
  },
  {
    breaks: 'the key that the request names is not looked for',
    file: 'scheme.ts',
    from: 'if (!key?.idFrom)',
    to: 'if (true)',
  },
];

const ENGINE = resolve('src/server/verifiers');

/** The engine, with one piece of its source replaced, compiled on the fly. */
async function compile(mutant?: Mutant): Promise<Verify> {
  const path = mutant && resolve(ENGINE, mutant.file);
  const { outputFiles } = await build({
    entryPoints: [resolve(ENGINE, 'index.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    packages: 'external',
    logLevel: 'silent',
    plugins: [
      {
        name: 'mutant',
        setup({ onLoad }) {
          onLoad({ filter: /\.ts$/ }, (args) => {
            const source = readFileSync(args.path, 'utf8');
            return { loader: 'ts', contents: mutant && args.path === path ? replaced(source, mutant) : source };
          });
        },
      },
    ],
  });
  const module = { exports: {} as { verifyRequest: Verify } };
  new Function('module', 'exports', 'require', outputFiles[0]?.text ?? '')(module, module.exports, require);
  return module.exports.verifyRequest;
}

function replaced(source: string, { from, to, file }: Mutant): string {
  if (!source.includes(from)) {
    throw new Error(`${file} no longer holds "${from}"`);
  }
  return source.replace(from, to);
}

/** Names of the cases in which the engine is wrong. */
async function wrongIn(verify: Verify): Promise<string[]> {
  const wrong: string[] = [];
  for (const { name, input, expected } of CASES) {
    const result = await verify(input);
    if (expected ? !isDeepStrictEqual(result, expected) : result.ok) {
      wrong.push(name);
    }
  }
  return wrong;
}

afterAll(stop);

test('the engine as it is passes', async () => {
  expect(await wrongIn(await compile())).toEqual([]);
});

test.each(MUTANTS)('is caught: $breaks', async (mutant) => {
  expect(await wrongIn(await compile(mutant))).not.toEqual([]);
});

// A request that is signed with the true secret doesn't verify with an empty one anyway, and tells nothing.
test('a blank secret would be let in on every path, but for the one check', async () => {
  const wrong = await wrongIn(await compile(BLANK_IS_A_SECRET));
  // Behind a word, blanks are cut off, and an empty token never matches.
  const paths = signedWith(' ').flatMap(({ path }) => (path === 'token behind a word' ? [] : [path]));
  expect(wrong).toEqual(expect.arrayContaining(paths.map((path) => blankCase(path, ' '))));
});
