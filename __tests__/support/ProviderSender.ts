import type { ProviderAuth } from '../../src/common/auth';

/** A call as a provider makes it. */
export interface ProviderCall {
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body: string;
}

/** A provider as its own SDK sees it: what the maker sets up, and a call that the SDK makes or vouches for. */
export interface ProviderSender {
  provider: string;
  /** The package that signs the call; of those that only verify, the one that accepts it. */
  sdk: string;
  secret: string;
  options?: ProviderAuth['options'];
  /** Name of the secret, where the request names its key. */
  secretName?: string;
  call(url: string): Promise<ProviderCall> | ProviderCall;
}
