import type { Answer } from '../pipeline/types';
import type { ProviderReply } from '../verifiers/types';

/** An answer that the provider prescribes, as it goes out. A body of which nobody said what it is, is text. */
export function providerAnswer({ status, headers, contentType, body = '' }: ProviderReply): Answer {
  const type = contentType ?? (body === '' ? undefined : 'text/plain; charset=utf-8');
  return { status, headers: { ...headers, ...(type ? { 'content-type': type } : {}) }, body };
}
