import { Pace } from '../../../../src/server/deliveries/queue/Pace';

describe('how many are claimed ahead of their turn', () => {
  /** What begins at these times, one behind the other. */
  function paceOf(times: readonly number[]) {
    let now = 0;
    const pace = new Pace(() => now);
    for (const time of times) {
      now = time;
      pace.begun(true);
    }
    return pace;
  }

  const every = (milliseconds: number) => Array.from({ length: 50 }, (_none, index) => index * milliseconds);

  test.each<[string, number[], number]>([
    ['none before it is known how fast they begin', [0], 0],
    ['as many as one commit takes, where they begin at once', every(1), 64],
    ['what begins in a fifth of a second', every(20), 10],
    ['none where they take long', every(150), 0],
  ])('%s', (_what, times, ahead) => {
    expect(paceOf(times).ahead).toBe(ahead);
  });

  test('none once they did not come to begin', () => {
    const pace = paceOf(every(1));
    pace.stalled();
    expect(pace.ahead).toBe(0);
  });

  test('as before where nothing waited in between', () => {
    let now = 0;
    const pace = new Pace(() => now);
    for (let index = 0; index < 20; index++) {
      now += 1;
      pace.begun(index < 19);
    }
    now += 60_000;
    pace.begun(true);
    expect(pace.ahead).toBe(64);
  });
});
