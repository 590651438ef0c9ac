import type { WebhookConfig } from '../../common/config';
import { findProvider } from '../../common/providers';
import type { BodyRules } from './types';

/** How a webhook's bodies are read, by its settings. @param maxDepth levels that the database takes */
export function bodyRules({ body, auth }: Pick<WebhookConfig, 'body' | 'auth'>, maxDepth: number): BodyRules {
  const { readAs, charset, bigNumbers, emptyAsNull, jsonFields } = body;
  const provider = auth.type === 'provider' ? findProvider(auth.provider) : undefined;
  return {
    maxDepth,
    readAs,
    charset,
    numbers: bigNumbers,
    emptyAsNull,
    jsonFields: jsonFields ?? provider?.jsonFields ?? [],
  };
}
