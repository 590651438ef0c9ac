import { Throttle } from '../../../../src/server/deliveries/queue/Throttle';

const SAMPLE_MS = 100;

/** A pacer whose time and load the test makes up. */
function underTest() {
  let now = 1_000;
  let utilization = 0;
  let waiting = 0;
  const pacer = new Throttle(() => waiting, {
    now: () => now,
    eventLoopUtilization: () => ({ idle: 0, active: 0, utilization }),
  });
  pacer.note(0);
  return {
    pacer,
    /** One sample: so many deliveries, so busy a process, and so many callers who wait for a commit. */
    pass: (deliveries: number, busy: number, callers = 0) => {
      utilization = busy;
      waiting = callers;
      now += SAMPLE_MS;
      pacer.note(deliveries);
    },
    advance: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

/** What a run that is to start right behind another has to wait. */
function gapOf(pacer: Throttle): number {
  pacer.started();
  return pacer.wait();
}

it('holds nothing back while there is room', () => {
  const { pacer, pass } = underTest();
  pass(500, 0.5);
  expect(gapOf(pacer)).toBe(0);
});

it('holds nothing back where the process is busy with other things', () => {
  const { pacer, pass } = underTest();
  pass(2, 1);
  expect(gapOf(pacer)).toBe(0);
});

it('lets runs start ever later while callers press, and never later than a fifth of a second', () => {
  const { pacer, pass } = underTest();
  const gaps = Array.from({ length: 9 }, () => {
    pass(200, 0.95);
    return gapOf(pacer);
  });
  expect(gaps).toEqual([5, 10, 20, 40, 80, 160, 200, 200, 200]);
});

it('holds runs back where callers wait for the database, however idle the process', () => {
  const { pacer, pass } = underTest();
  pass(200, 0.3, 4);
  expect(gapOf(pacer)).toBe(0);
  pass(200, 0.3, 20);
  expect(gapOf(pacer)).toBe(5);
});

it('lets the next run start once the gap has passed', () => {
  const { pacer, pass, advance } = underTest();
  pass(200, 0.95);
  expect(gapOf(pacer)).toBe(5);
  advance(5);
  expect(pacer.wait()).toBe(0);
});

it('opens slower than it closed while callers still come', () => {
  const { pacer, pass } = underTest();
  for (let n = 0; n < 7; n++) {
    pass(200, 0.95);
  }
  pass(200, 0.5);
  expect(gapOf(pacer)).toBe(160);
  for (let n = 0; n < 20; n++) {
    pass(200, 0.5);
  }
  expect(gapOf(pacer)).toBe(0);
});

it('opens at once when the rush is over', () => {
  const { pacer, pass } = underTest();
  for (let n = 0; n < 7; n++) {
    pass(200, 0.95);
  }
  pass(0, 0.95);
  expect(gapOf(pacer)).toBe(0);
});
