import type { Context } from '@nocobase/actions';

/** Beyond it no database can be asked for what comes after so many rows. */
const MAX = 1_000_000;

/** A whole number from 1 among an action's parameters; answers with 400 where it is something else. */
export function readNumber(ctx: Context, name: string, fallback: number): number {
  const given: unknown = (ctx.action.params as Record<string, unknown>)[name];
  if (given === undefined || given === '') {
    return fallback;
  }
  const isText = typeof given === 'string' && /^\d{1,7}$/.test(given);
  const number = isText || typeof given === 'number' ? Number(given) : NaN;
  if (!Number.isInteger(number) || number < 1 || number > MAX) {
    ctx.throw(400, `${name} must be a whole number from 1 to ${MAX}.`);
  }
  return number;
}
