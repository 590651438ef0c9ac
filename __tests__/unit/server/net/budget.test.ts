import { Budget } from '../../../../src/server/net/budget/Budget';
import type { Lease } from '../../../../src/server/net/budget/Lease';

let now = 0;
beforeEach(() => {
  now = 0;
});

const budgetOf = (inFlight: number, bytes = 1_000_000) => new Budget({ inFlight, bytes, bodyRate: 100 }, () => now);

/** Enters as many as get in, up to `count`; those that did. */
function enter(budget: Budget, source: string, webhook: string, count = 1, isKnown = false): Lease[] {
  return Array.from({ length: count }, () => budget.lease()).filter(
    (lease) => codeOf(() => lease.enter({ source, webhook, isKnown })) === null,
  );
}

function codeOf(act: () => unknown): string | null {
  try {
    act();
    return null;
  } catch (error) {
    return (error as { code: string }).code;
  }
}

/** Whether it was pushed out. */
const isOut = (lease: Lease) => codeOf(() => lease.hold(0)) === 'OVERLOADED';

describe('the whole', () => {
  it('refuses what goes beyond, says when to try again, and gives everything back once', () => {
    const budget = budgetOf(2, 100);
    const [one, other, third] = [budget.lease(), budget.lease(), budget.lease()];
    const caller = { source: 'a', webhook: 'w', isKnown: false };
    one.enter(caller);
    one.hold(60);
    one.verified(false);
    other.enter(caller);
    other.hold(40);
    expect(() => third.enter(caller)).toThrow(
      expect.objectContaining({
        code: 'OVERLOADED',
        options: expect.objectContaining({ headers: { 'retry-after': '1' } }) as unknown,
      }),
    );
    expect(codeOf(() => other.hold(1))).toBe('OVERLOADED');
    one.release();
    one.release();
    third.enter(caller);
    expect(budget.used).toEqual({ inFlight: 2, bytes: 40, unverified: 2 });
    other.release();
    third.release();
    expect(budget.used).toEqual({ inFlight: 0, bytes: 0, unverified: 0 });
  });
});

describe('who is not verified', () => {
  it.each([
    ['one address', 200, [['a', 'w']], 'RATE_LIMITED'],
    [
      'one address at many webhooks',
      200,
      [
        ['a', 'w1'],
        ['a', 'w2'],
        ['a', 'w3'],
      ],
      'RATE_LIMITED',
    ],
    ['many addresses at one webhook', 300, Array.from({ length: 400 }, (_, i) => [`a${i}`, 'w']), 'OVERLOADED'],
    ['many addresses at many webhooks', 500, Array.from({ length: 600 }, (_, i) => [`a${i}`, `w${i}`]), 'OVERLOADED'],
  ])('has a share: %s', (_what, share, callers, code) => {
    const budget = budgetOf(1000);
    for (let round = 0; round < 1000 / callers.length; round++) {
      callers.forEach(([source = '', webhook = '']) => enter(budget, source, webhook));
    }
    expect(budget.used).toMatchObject({ inFlight: share, unverified: share });
    const [source = '', webhook = ''] = callers[0] ?? [];
    expect(codeOf(() => budget.lease().enter({ source, webhook, isKnown: false }))).toBe(code);
    // Others have room.
    expect(enter(budget, 'other', 'another')).toHaveLength(share === 500 ? 0 : 1);
  });

  it('makes room, fullest address first, for one who holds less', () => {
    const budget = budgetOf(1000);
    const held = Array.from({ length: 20 }, (_, i) => enter(budget, `a${i}`, 'w', 100)).flat();
    expect(budget.used.unverified).toBe(300);
    const [newcomer] = enter(budget, 'b', 'w');
    expect(newcomer && isOut(newcomer)).toBe(false);
    expect(budget.used.unverified).toBe(300);
    const left = held.filter((lease) => !isOut(lease));
    expect(left).toHaveLength(299);
    // Twenty addresses have ended up with 15 each, less the one that went.
    const perAddress = Array.from({ length: 20 }, (_, i) => left.filter(({ source }) => source === `a${i}`).length);
    expect(new Set(perAddress)).toEqual(new Set([14, 15]));
  });

  it('makes room, where all hold one each, if it has been slow for a second', () => {
    const budget = budgetOf(1000);
    const held = Array.from({ length: 300 }, (_, i) => enter(budget, `a${i}`, 'w')).flat();
    held[0]?.hold(10_100);
    now = 999;
    expect(enter(budget, 'b', 'w')).toHaveLength(0);
    now = 1001;
    expect(enter(budget, 'b', 'w')).toHaveLength(1);
    expect(held.map(isOut).indexOf(true)).toBe(1);
  });

  it('makes room for its own address where it is slow', () => {
    const budget = budgetOf(1000);
    const held = enter(budget, 'a', 'w', 250);
    expect(held).toHaveLength(200);
    now = 1001;
    expect(enter(budget, 'a', 'w')).toHaveLength(1);
    expect(held.filter(isOut)).toHaveLength(1);
  });

  it('is told at once that it has to make room, whatever it waits for', async () => {
    const budget = budgetOf(1000);
    const held = enter(budget, 'a', 'w', 200);
    const verifying = held[0]?.whileWaiting(new Promise(() => undefined));
    const reading = new Promise((resolve) => held[1]?.onDisplaced(resolve));
    now = 1001;
    enter(budget, 'a', 'w', 2);
    await expect(verifying).rejects.toMatchObject({ code: 'OVERLOADED' });
    expect(await reading).toMatchObject({ code: 'OVERLOADED' });
    expect(codeOf(() => held[0]?.verified(false))).toBe('OVERLOADED');
    held.forEach((lease) => lease.release());
    expect(budget.used).toMatchObject({ inFlight: 2 });
  });

  it('has a share of the bytes', () => {
    const budget = budgetOf(1000, 1000);
    const many = Array.from({ length: 10 }, (_, i) => enter(budget, `a${i}`, 'w')).flat();
    expect(many.map((lease) => codeOf(() => lease.hold(50)))).toEqual([
      ...Array<null>(6).fill(null),
      ...Array<string>(4).fill('OVERLOADED'),
    ]);
    const [one] = enter(budget, 'b', 'x');
    expect(codeOf(() => one?.hold(200))).toBe(null);
    expect(budget.used.bytes).toBe(500);
  });

  it('gives bytes up, largest first, for one who holds fewer', () => {
    const budget = budgetOf(1000, 1000);
    const [small, large] = [enter(budget, 'a', 'w'), enter(budget, 'a', 'w')].flat();
    small?.hold(50);
    large?.hold(150);
    const [other] = enter(budget, 'b', 'w');
    other?.hold(60);
    other?.hold(60);
    expect([small, large].map((lease) => lease && isOut(lease))).toEqual([false, true]);
    expect(budget.used.bytes).toBe(170);
  });

  it('may send one body as large as its webhook takes', () => {
    const budget = budgetOf(1000, 1000);
    const [alone] = enter(budget, 'a', 'w');
    alone?.hold(900);
    expect(codeOf(() => alone?.hold(101))).toBe('OVERLOADED');
  });
});

describe('who is verified', () => {
  it('is out of the unverified share, and its work has one of its own by webhook', () => {
    const budget = budgetOf(1000);
    const verified = (webhook: string, count: number) =>
      Array.from({ length: count }, () => {
        const [lease] = enter(budget, 'a', webhook);
        const code = codeOf(() => lease?.verified(false));
        if (code) {
          lease?.release();
        }
        return code;
      }).filter((code) => code === null).length;
    expect(verified('w', 600)).toBe(500);
    expect(verified('x', 600)).toBe(250);
    expect(budget.used).toMatchObject({ inFlight: 750, unverified: 0 });
    // A quarter is left for who still has to be verified.
    expect(enter(budget, 'b', 'y', 400)).toHaveLength(200);
  });

  it('never makes room for another', () => {
    const budget = budgetOf(20);
    const held = enter(budget, 'a', 'w', 10);
    held.forEach((lease) => lease.verified(false));
    now = 100_000;
    enter(budget, 'b', 'x', 20);
    expect(held.some(isOut)).toBe(false);
  });

  it('is a stranger still where the webhook asks for nothing', () => {
    const budget = budgetOf(1000);
    const codes = Array.from({ length: 300 }, (_, i) => {
      const [lease] = enter(budget, `a${i}`, `w${i}`);
      const code = codeOf(() => lease?.verified(true));
      if (code) {
        lease?.release();
      }
      return code;
    });
    expect(codes.filter((code) => code === null)).toHaveLength(250);
    expect(codes[299]).toBe('OVERLOADED');
  });
});

describe('who was verified lately', () => {
  const strangers = (budget: Budget, webhook: string, count: number) =>
    Array.from({ length: count }, (_x, index) => enter(budget, `s${index}`, webhook)).flat();

  it.each([
    ['at one webhook', 300],
    ['at all of them', 500],
  ])('gets in however many addresses hold one request each, and send in earnest, %s', (_what, count) => {
    const budget = budgetOf(1000);
    const webhookOf = (index: number) => (count === 300 ? 'w' : `w${index}`);
    const held = Array.from({ length: count }, (_x, index) => enter(budget, `s${index}`, webhookOf(index))).flat();
    expect(enter(budget, 'stranger', 'w')).toEqual([]);
    expect(enter(budget, 'a', 'w', 50, true)).toHaveLength(50);
    expect(held.filter(isOut)).toEqual(held.slice(0, 50));
  });

  it('finds room for bytes too', () => {
    const budget = budgetOf(1000, 1_000);
    const held = strangers(budget, 'w', 3);
    held.forEach((lease) => lease.hold(100));
    const [known] = enter(budget, 'a', 'w', 1, true);
    known?.hold(50);
    expect(held.map(isOut)).toEqual([true, false, false]);
  });

  it('makes no room for strangers, however much he has under way, unless he is slow', () => {
    const budget = budgetOf(1000);
    const known = enter(budget, 'a', 'w', 100, true);
    strangers(budget, 'w', 200);
    expect(enter(budget, 'other', 'w')).toEqual([]);
    now = 2_000;
    strangers(budget, 'w', 0);
    // Strangers who are slow come first.
    expect(enter(budget, 'other', 'w')).toHaveLength(1);
    expect(known.filter(isOut)).toEqual([]);
  });

  it('is two callers where two webhooks know him, and a stranger at a third', () => {
    const budget = budgetOf(1000);
    expect(enter(budget, 'a', 'w1', 300, true)).toHaveLength(200);
    expect(enter(budget, 'a', 'w2', 300, true)).toHaveLength(200);
    expect(enter(budget, 'a', 'w3', 300)).toHaveLength(100);
  });
});
