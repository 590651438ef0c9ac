import { parseAddress } from '../../common/addresses';
import { remembering } from '../remembering';

/**
 * What counts as one caller among strangers: an IPv4 address, or of IPv6 the /64 network, as a caller has 2^64
 * addresses in it to choose from (RFC 4291 section 2.5.1). An address that can't be told (empty) is one caller too.
 */
export const sourceOf = remembering((address) => {
  const parsed = parseAddress(address);
  return parsed && 'parts' in parsed ? `${parsed.parts.slice(0, 4).join(':')}/64` : address;
});
