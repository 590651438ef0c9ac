import { Throttle } from '../../../../src/server/deliveries/queue/Throttle';

const SAMPLE_MS = 100;

/** A throttle whose time and load the test makes up. */
function underTest() {
  let now = 1_000;
  let utilization = 0;
  let waiting = 0;
  const throttle = new Throttle(() => waiting, {
    now: () => now,
    eventLoopUtilization: () => ({ idle: 0, active: 0, utilization }),
  });
  throttle.note(0);
  return {
    throttle,
    /** One sample: so many deliveries, so busy a process, and so many callers who wait for a commit. */
    pass: (deliveries: number, busy: number, callers = 0) => {
      utilization = busy;
      waiting = callers;
      now += SAMPLE_MS;
      throttle.note(deliveries);
    },
    advance: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

/** What a run that is to start right behind another has to wait. */
function gapOf(throttle: Throttle): number {
  throttle.started();
  return throttle.wait();
}

it('holds nothing back while there is room', () => {
  const { throttle, pass } = underTest();
  pass(500, 0.5);
  expect(gapOf(throttle)).toBe(0);
});

it('holds nothing back where the process is busy with other things', () => {
  const { throttle, pass } = underTest();
  pass(2, 1);
  expect(gapOf(throttle)).toBe(0);
});

it('lets runs start ever later while callers press, and never later than a fifth of a second', () => {
  const { throttle, pass } = underTest();
  const gaps = Array.from({ length: 9 }, () => {
    pass(200, 0.95);
    return gapOf(throttle);
  });
  expect(gaps).toEqual([5, 10, 20, 40, 80, 160, 200, 200, 200]);
});

it('holds runs back where callers wait for the database, however idle the process', () => {
  const { throttle, pass } = underTest();
  pass(200, 0.3, 4);
  expect(gapOf(throttle)).toBe(0);
  pass(200, 0.3, 20);
  expect(gapOf(throttle)).toBe(5);
});

it('lets the next run start once the gap has passed', () => {
  const { throttle, pass, advance } = underTest();
  pass(200, 0.95);
  expect(gapOf(throttle)).toBe(5);
  advance(5);
  expect(throttle.wait()).toBe(0);
});

it('opens slower than it closed while callers still come', () => {
  const { throttle, pass } = underTest();
  for (let n = 0; n < 7; n++) {
    pass(200, 0.95);
  }
  pass(200, 0.5);
  expect(gapOf(throttle)).toBe(160);
  for (let n = 0; n < 20; n++) {
    pass(200, 0.5);
  }
  expect(gapOf(throttle)).toBe(0);
});

it('opens at once when the rush is over', () => {
  const { throttle, pass } = underTest();
  for (let n = 0; n < 7; n++) {
    pass(200, 0.95);
  }
  pass(0, 0.95);
  expect(gapOf(throttle)).toBe(0);
});
