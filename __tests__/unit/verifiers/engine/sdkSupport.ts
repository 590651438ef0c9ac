import { createHmac, randomBytes, randomInt } from 'node:crypto';
import type { ProviderAuth } from '../../../../src/common/auth';
import { verifyRequest } from '../../../../src/server/verifiers';
import type { VerifyRequest } from '../../../../src/server/verifiers/types';

/** Each SDK looks at the clock of the machine. */
export const now = Math.floor(Date.now() / 1000);
const ROUNDS = 25;

/** Whether a request is accepted, as a webhook of this provider would be set up. */
export async function verdict(
  provider: string,
  secret: string | { name: string; value: string },
  headers: Record<string, string>,
  body: string,
  given: Partial<VerifyRequest> & Pick<ProviderAuth, 'options'> = {},
): Promise<boolean> {
  const { options, ...request } = given;
  const { ok } = await verifyRequest({
    auth: { type: 'provider', provider, secrets: [secret], ...(options && { options }) },
    request: { method: 'POST', url: '/api/webhooks/key', headers, rawBody: Buffer.from(body), ...request },
    now: Math.floor(Date.now() / 1000),
  });
  return ok;
}

/** JSON with odd spacing, letters of several alphabets and nothing twice. */
export function randomBody(fields: Record<string, unknown> = {}): string {
  const body = JSON.stringify({ ...fields, text: randomText(), n: randomInt(1e9) });
  return pick([body, body.replaceAll(':', ' : '), `${body}\n`]);
}

/** Text of several alphabets, nothing twice. */
export function randomText(): string {
  const start = pick(['plain', 'Ünïcödé', '你好', '🙂', 'quotes " and \\', '']);
  return start + randomBytes(1 + randomInt(200)).toString('hex');
}

export function pick<T>(items: readonly T[]): T {
  return items[randomInt(items.length)] as T;
}

export const secretText = (): string => randomBytes(24).toString('base64');
export const hmacHex = (secret: string, text: string): string =>
  createHmac('sha256', secret).update(text).digest('hex');

export const hmacBase64 = (secret: string | Buffer, text: string): string =>
  createHmac('sha256', secret).update(text).digest('base64');

/** Whether an SDK that says no by an error, at once or later, says yes. */
export async function holds(check: () => unknown): Promise<boolean> {
  try {
    await check();
    return true;
  } catch {
    return false;
  }
}

/** Runs a check on random input, on what is right and on a body with one letter more. */
export async function repeatedly(
  check: (body: string, received: string, expected: boolean) => unknown,
  fields = {},
): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const body = randomBody(fields);
    await check(body, body, true);
    await check(body, `${body} `, false);
  }
}

/** Runs a check often, on what is right and on what is not, by turns. */
export async function oftenBothWays(check: (isRight: boolean) => unknown): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    await check(true);
    await check(false);
  }
}
