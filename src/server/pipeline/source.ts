import { isInRanges, parseAddress } from '../../common/addresses';
import { WebhookError } from '../../common/errors';
import type { Accepted } from './types';
import { because } from '../../common/reasons/reason';

/** Lets in who calls from an address on the allowlist. An address that can't be told is on no list. */
export function source(delivery: Accepted): Accepted {
  const { allowed } = delivery.endpoint;
  if (allowed.length === 0) {
    return delivery;
  }
  const address = parseAddress(delivery.ip);
  if (!address || !isInRanges(address, allowed)) {
    throw new WebhookError('SOURCE_NOT_ALLOWED', {
      reason: address ? because('ADDRESS_NOT_ALLOWED', { address: delivery.ip }) : because('ADDRESS_UNKNOWN'),
    });
  }
  return delivery;
}
