import { exampleSample } from '../../../common/exampleSample';
import { findProvider } from '../../../common/providers';
import { useConfig } from '../useConfig';

export interface ProviderExample {
  /** The provider's name. */
  provider: string;
  /** A body in the form that it sends, as JSON text. */
  sample: string;
}

/** What the provider that verifies this webhook's calls sends; undefined: another verification, or nothing is known of it. */
export function useExample(): ProviderExample | undefined {
  const { auth } = useConfig();
  const provider = auth.type === 'provider' ? findProvider(auth.provider) : undefined;
  const sample = provider ? exampleSample(provider) : null;
  return provider && sample !== null ? { provider: provider.title, sample } : undefined;
}
