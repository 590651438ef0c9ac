import { MAX_UNCONFIRMED, SHOWN_FOR } from '../../../../src/common/capturedSecrets';
import { makeRoom, type Waiting } from '../../../../src/server/secrets/makeRoom';

/** As they came, one after another; what had to give way is taken out. */
function arrive(addresses: readonly string[]): Waiting[] {
  let waiting: Waiting[] = [];
  for (const [capturedAt, ip] of addresses.entries()) {
    const room = makeRoom(waiting, ip, capturedAt);
    waiting = [...waiting.filter((row) => row !== room), { ip, capturedAt }];
  }
  return waiting;
}

const times = (count: number, ip: string) => Array.from({ length: count }, () => ip);
const hosts = (count: number) => Array.from({ length: count }, (_none, index) => `203.0.113.${index}`);
const addresses = (waiting: Waiting[]) => waiting.map(({ ip }) => ip);

test('the true one stays, whether a flood of one address comes before or after it', () => {
  for (const order of [
    [...times(50, '192.0.2.1'), 'true'],
    ['true', ...times(50, '192.0.2.1')],
    [...times(50, '192.0.2.1'), 'true', ...times(50, '192.0.2.1')],
  ]) {
    const arrived = arrive(order);
    expect(arrived).toHaveLength(MAX_UNCONFIRMED);
    expect(addresses(arrived)).toContain('true');
  }
});

test('the same where the flood comes from several addresses, or from all of a /64', () => {
  const several = Array.from({ length: 100 }, (_none, index) => `192.0.2.${index % 9}`);
  expect(addresses(arrive([...several, 'true', ...several]))).toContain('true');
  const network = Array.from({ length: 100 }, (_none, index) => `2001:db8::${index.toString(16)}`);
  expect(addresses(arrive([...network, 'true', ...network]))).toContain('true');
});

test('where each came from another address, the oldest gives way: who comes later is not kept out', () => {
  const full = hosts(MAX_UNCONFIRMED);
  expect(addresses(arrive([...full, 'true']))).toEqual([...full.slice(1), 'true']);
  expect(addresses(arrive(['true', ...full.slice(1)]))).toContain('true');
});

test('of one address the oldest goes first', () => {
  const waiting = arrive(times(MAX_UNCONFIRMED + 3, '192.0.2.1'));
  expect(waiting.map(({ capturedAt }) => capturedAt)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
});

test('what is not shown any more gives way first, the oldest of it', () => {
  const waiting = arrive(hosts(MAX_UNCONFIRMED));
  expect(makeRoom(waiting, 'true', SHOWN_FOR + 2)).toMatchObject({ capturedAt: 0 });
  expect(makeRoom(waiting, waiting[9]!.ip, SHOWN_FOR + 2)).toMatchObject({ capturedAt: 0 });
});
