/*
 * Required into the NocoBase process of the fuzzer (NODE_OPTIONS). Looks at the clock every few milliseconds, and
 * writes a line to `WEBHOOK_FUZZ_STALLS` for every time that the event loop came back late: JSON {at, ms, cpu}, `at`
 * when it came back (ms since 1970), `ms` how late, `cpu` of that the time that this thread computed. Where the machine
 * is busy, the second is what counts; on systems that don't tell it, it is null.
 */
const { appendFileSync, readFileSync } = require('node:fs');
const { performance } = require('node:perf_hooks');
const { setInterval } = require('node:timers');
const { isMainThread } = require('node:worker_threads');

const PERIOD = 5;
/** What is shorter is what a busy event loop does. */
const FLOOR = 20;

const file = process.env.WEBHOOK_FUZZ_STALLS;

function computed() {
  try {
    return Number(readFileSync('/proc/self/schedstat', 'latin1').split(' ')[0]) / 1e6;
  } catch {
    return null;
  }
}

if (isMainThread && file) {
  let last = performance.now();
  let lastComputed = computed();
  setInterval(() => {
    const now = performance.now();
    const ms = now - last - PERIOD;
    const nowComputed = computed();
    if (ms >= FLOOR) {
      const cpu = nowComputed === null ? null : nowComputed - lastComputed;
      appendFileSync(file, `${JSON.stringify({ at: Date.now(), ms, cpu })}\n`);
    }
    last = performance.now();
    lastComputed = nowComputed;
  }, PERIOD).unref();
}
