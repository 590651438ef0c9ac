import { resolveConfig } from '../../../src/common/config';
import { describeIssue, validateConfig } from '../../../src/common/validateConfig';
import { networkSettings, trustedProxies } from '../../../src/common/validateNetwork';

const problems = (config: unknown) => validateConfig(config).map((issue) => `${issue.path}: ${describeIssue(issue)}`);

it.each([
  [{ ipAllowlist: [] }],
  [{ ipAllowlist: ['192.0.2.1', '10.0.0.0/8', '2001:db8::/32', '::1'] }],
  [{ rateLimit: null, cors: null }],
  [{ rateLimit: { points: 1, duration: 1 } }],
  [{ rateLimit: { points: 1, duration: 1, per: 'address' } }],
  [{ cors: { origins: ['*'] } }],
  [
    {
      cors: {
        origins: [
          'https://shop.example',
          'http://localhost:3000',
          'capacitor://localhost',
          'https://xn--bcher-kva.example',
        ],
      },
    },
  ],
])('takes %j', (config) => {
  expect(problems(config)).toEqual([]);
});

it.each([
  [{ ipAllowlist: ['192.0.2.0/33'] }, 'ipAllowlist.0: "192.0.2.0/33" is not an address'],
  [{ ipAllowlist: ['10.0.0.1', 'example.com'] }, 'ipAllowlist.1: "example.com" is not an address'],
  [{ ipAllowlist: ['0177.0.0.1'] }, 'ipAllowlist.0: '],
  [{ ipAllowlist: '10.0.0.1' }, 'ipAllowlist: This must be a list.'],
  [{ rateLimit: {} }, 'rateLimit.points: This is required.'],
  [{ rateLimit: { points: 0, duration: 1 } }, 'rateLimit.points: This must be a whole number'],
  [{ rateLimit: { points: 1, duration: 0.5 } }, 'rateLimit.duration: This must be a whole number'],
  [{ rateLimit: { points: 1, duration: 1, burst: 2 } }, 'rateLimit.burst: Unknown setting'],
  [{ rateLimit: { points: 1, duration: 1, per: 'user' } }, 'rateLimit.per: '],
  [{ cors: {} }, 'cors.origins: This is required.'],
  [{ cors: { origins: [] } }, 'cors.origins: Give at least one origin.'],
  [{ cors: { origins: ['https://shop.example/'] } }, 'cors.origins.0: "https://shop.example/" is not an origin'],
  [{ cors: { origins: ['shop.example'] } }, 'cors.origins.0: '],
  [{ cors: { origins: ['https://Shop.example'] } }, 'cors.origins.0: '],
  [{ cors: { origins: ['https://shop.example:443'] } }, 'cors.origins.0: '],
  [{ cors: { origins: ['https://user@shop.example'] } }, 'cors.origins.0: '],
  [{ cors: { origins: ['https://*.example'] } }, 'cors.origins.0: '],
  [{ cors: { origins: ['null'] } }, 'cors.origins.0: '],
])('refuses %j', (config, expected) => {
  expect(problems(config)[0]).toContain(expected);
});

it.each([
  [['loopback', '10.0.0.0/8', 'uniquelocal', '2001:db8::1'], undefined],
  [['everyone'], '"everyone" is not an address'],
  [['http://user:s@ecret@proxy:3128'], '"…@proxy:3128" is not an address'],
  [['0.0.0.0/0'], 'To trust everyone'],
  [['::/0'], 'To trust everyone'],
  ['loopback', 'This must be a list.'],
])('holds the trusted proxies %j to what they may be', (list, expected) => {
  const [problem] = trustedProxies(list, 'trustedProxies');
  expect(problem ? describeIssue(problem) : undefined).toEqual(
    expected === undefined ? undefined : expect.stringContaining(expected),
  );
});

it.each([
  [{ publicUrl: '' }, undefined],
  [{ publicUrl: 'https://hooks.example.com', trustedProxies: [] }, undefined],
  [{ trustedProxies: ['loopback'] }, undefined],
  [{}, ': Give at least one setting.'],
  [[], ': This must be an object.'],
  [{ publicUrl: 'https://hooks.example.com?' }, 'publicUrl: The public URL may have no query'],
  [{ publicUrl: null }, 'publicUrl: This must be text.'],
  [{ publicURL: 'https://hooks.example.com' }, 'publicURL: Unknown setting "publicURL". Did you mean "publicUrl"?'],
  [{ trustedProxies: ['everyone'] }, 'trustedProxies.0: "everyone" is not an address'],
])('holds what the settings page saves, %j, to what it may be', (input, expected) => {
  const [problem] = networkSettings(input, '');
  expect(problem ? `${problem.path}: ${describeIssue(problem)}` : undefined).toEqual(
    expected === undefined ? undefined : expect.stringContaining(expected),
  );
});

it('lets anyone call, at any rate, and no page, by default', () => {
  expect(resolveConfig({})).toMatchObject({ ipAllowlist: [], rateLimit: null, cors: null });
});
