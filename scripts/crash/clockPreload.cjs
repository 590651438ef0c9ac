/*
 * Required into a NocoBase process (NODE_OPTIONS): its wall clock runs by as many milliseconds wrong as the file says
 * that `WEBHOOK_CRASH_CLOCK` names. Timers, and what Node calls its performance clock, go on as they are, as they do
 * where somebody sets a machine's clock.
 */
const { readFileSync } = require('node:fs');
const { setInterval } = require('node:timers');

const file = process.env.WEBHOOK_CRASH_CLOCK;

if (file) {
  const RealDate = Date;
  let offset = 0;
  const look = () => {
    offset = Number(readFileSync(file, 'utf8')) || 0;
  };
  look();
  setInterval(look, 50).unref();
  const now = RealDate.now.bind(RealDate);
  RealDate.now = () => now() + offset;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, given, newTarget) =>
      Reflect.construct(target, given.length === 0 ? [RealDate.now()] : given, newTarget),
    apply: () => new RealDate(RealDate.now()).toString(),
  });
}
