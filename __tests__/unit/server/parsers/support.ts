import { WebhookError } from '../../../../src/common/errors';
import { parseBody } from '../../../../src/server/parsers';

/** Levels of nesting that the tests allow. */
export const MAX_DEPTH = 90;

/** `data` of a body; text is taken as UTF-8. */
export function dataOf(body: string | Buffer, type?: string): unknown {
  return parseBody(Buffer.from(body as string), type, MAX_DEPTH).data;
}

/** The code that a body is refused with; null: it is taken. */
export function codeOf(body: string | Buffer, type?: string): string | null {
  try {
    parseBody(Buffer.from(body as string), type, MAX_DEPTH);
    return null;
  } catch (error) {
    if (error instanceof WebhookError) {
      return error.code;
    }
    throw error;
  }
}

/** Starts a clock of the time that this process computes, in milliseconds: a busy machine doesn't make it run. */
export function cpuClock(): () => number {
  const started = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1000;
  };
}
