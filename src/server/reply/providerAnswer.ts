import type { Answer } from '../pipeline/types';
import type { ProviderReply } from '../verifiers/types';

/** An answer that the provider prescribes, as it goes out. */
export function providerAnswer({ status, headers, contentType, body }: ProviderReply): Answer {
  return { status, headers: { ...headers, ...(contentType ? { 'content-type': contentType } : {}) }, body: body ?? '' };
}
