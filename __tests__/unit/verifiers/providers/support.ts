import { CODE_PROVIDERS } from '../../../../src/server/verifiers/providers';
import type {
  CodeProviderInput,
  Outbound,
  ResolvedSecret,
  Verified,
  VerifyRequest,
  VerifyResult,
} from '../../../../src/server/verifiers/types';
import { inEnglish } from '../../../../src/common/reasons/describe';

/** A way out that leads nowhere: what must not call out is run with it. */
export const noOutbound: Outbound = {
  get: (url) => Promise.reject(new Error(`unexpected call to ${url}`)),
};

/** A way out that answers from a table, checks the host rule as the real one does, and counts. */
export function tableOutbound(table: Record<string, string | Buffer>): Outbound & { calls: string[] } {
  const calls: string[] = [];
  return {
    calls,
    get(url, { hosts }) {
      calls.push(url);
      const answer = table[url];
      return hosts(new URL(url).hostname) && answer !== undefined
        ? Promise.resolve(Buffer.from(answer))
        : Promise.reject(new Error('not found'));
    },
  };
}

export interface Attempt {
  request: Partial<Omit<VerifyRequest, 'rawBody'>> & { rawBody?: Buffer | string };
  secrets?: (string | ResolvedSecret)[];
  options?: Record<string, unknown>;
  tolerance?: number;
  now?: number;
  outbound?: Outbound;
}

/** Runs one provider as the engine does. */
export async function attempt(provider: string, { request, secrets = [], ...rest }: Attempt): Promise<VerifyResult> {
  const input: CodeProviderInput = {
    options: {},
    now: 0,
    outbound: noOutbound,
    ...rest,
    secrets: secrets.map((secret) => (typeof secret === 'string' ? { name: null, value: secret } : secret)),
    request: {
      method: 'POST',
      url: '/api/webhooks/key',
      headers: {},
      ...request,
      rawBody: Buffer.from(request.rawBody ?? ''),
    },
  };
  const verify = CODE_PROVIDERS[provider];
  if (!verify) {
    throw new Error(`no provider "${provider}"`);
  }
  return verify(input);
}

/** The result of an attempt that must be accepted. */
export async function accepted(provider: string, given: Attempt): Promise<Verified> {
  const result = await attempt(provider, given);
  if (!result.ok) {
    throw new Error(`refused: ${inEnglish(result.reason)}`);
  }
  return result;
}

/** The reason of an attempt that must be refused. */
export async function refused(provider: string, given: Attempt): Promise<string> {
  const result = await attempt(provider, given);
  if (result.ok) {
    throw new Error('accepted');
  }
  return inEnglish(result.reason);
}

/** The text with its character at `index` replaced by another of the same kind. */
export function changed(text: string, index = Math.floor(text.length / 2)): string {
  const other = text[index] === 'a' ? 'b' : 'a';
  return text.slice(0, index) + other + text.slice(index + 1);
}
