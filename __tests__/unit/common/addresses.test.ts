import { isInRanges, parseAddress, parseRange } from '../../../src/common/addresses';

describe('parseAddress', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['2001:db8::1', '2001:db8::1'],
    ['2001:DB8:0:0::1', '2001:db8::1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::ffff:c000:201', '192.0.2.1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['fe80::1%25', 'fe80::1'],
    ['192.0.2.1:8080', '192.0.2.1'],
    ['[2001:db8::1]:443', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['[::ffff:192.0.2.1]:1', '192.0.2.1'],
  ])('reads %s as %s', (text, expected) => {
    expect(parseAddress(text)?.toString()).toBe(expected);
  });

  it.each([
    '',
    ' ',
    'unknown',
    '_hidden',
    'localhost',
    '127.1',
    '0177.0.0.1',
    '0x7f.0.0.1',
    '2130706433',
    '192.0.2.01',
    '192.0.2.256',
    '192.0.2.1.1',
    ' 192.0.2.1',
    '192.0.2.1%eth0',
    '192.0.2.1/32',
    '2001:db8::1::2',
    '2001:db8::g',
    '1:2:3:4:5:6:7:8:9',
    '[192.0.2.1',
    'fe80::1%',
    'fe80::1%a b',
    '192.0.2.1, 192.0.2.2',
    '192.0.2.1\u0000',
    '１92.0.2.1',
  ])('does not take %j for an address', (text) => {
    expect(parseAddress(text)).toBeNull();
  });
});

describe('parseRange', () => {
  it.each([
    '192.0.2.0/33',
    '2001:db8::/129',
    '192.0.2.0/',
    '192.0.2.0/-1',
    '192.0.2.0/255.255.255.0',
    'fe80::1%eth0',
    '192.0/16',
    '/8',
    '10/8',
    '192.0.2.1:80',
    '*',
  ])('does not take %j for a network', (text) => {
    expect(parseRange(text)).toBeNull();
  });

  it.each([
    ['192.0.2.0/24', '192.0.2.255', true],
    ['192.0.2.0/24', '192.0.3.0', false],
    ['192.0.2.77/24', '192.0.2.1', true],
    ['192.0.2.7', '192.0.2.7', true],
    ['192.0.2.7', '192.0.2.8', false],
    ['0.0.0.0/0', '203.0.113.9', true],
    ['0.0.0.0/0', '2001:db8::1', false],
    ['::/0', '2001:db8::1', true],
    ['::/0', '203.0.113.9', false],
    ['2001:db8::/32', '2001:db8:ffff::1', true],
    ['2001:db8::/32', '2001:db9::1', false],
    ['2001:db8::1', '2001:db8:0:0:0:0:0:1', true],
    ['::ffff:192.0.2.0/120', '192.0.2.9', true],
    ['::ffff:192.0.2.0/120', '192.0.3.9', false],
    ['192.0.2.0/24', '::ffff:192.0.2.9', true],
    ['fe80::/10', 'fe80::1%eth0', true],
  ])('%s holds %s: %s', (range, address, expected) => {
    const parsed = parseAddress(address);
    const parsedRange = parseRange(range);
    expect(parsed && parsedRange && isInRanges(parsed, [parsedRange])).toBe(expected);
  });
});
