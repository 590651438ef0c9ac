import type { Accepted, VerifiedDelivery } from '../pipeline/types';
import { credentialsIn } from './credentialsIn';
import { Redactor } from './Redactor';

/** A request that has found its webhook, however far it came then. */
type Seen = Accepted & Partial<VerifiedDelivery>;

const NOTHING = new Redactor([]);

/** A delivery is written down and shown to its workflow: both ask. */
const REDACTORS = new WeakMap<Seen, { isVerified: boolean; redactor: Redactor }>();

/** What takes the webhook's own credential out of all that a delivery keeps and shows. */
export function redactorOf(delivery: Seen): Redactor {
  const { endpoint, verification, method, url, headers, rawBody = Buffer.alloc(0) } = delivery;
  const isVerified = verification !== undefined;
  const known = REDACTORS.get(delivery);
  if (known?.isVerified === isVerified) {
    return known.redactor;
  }
  const request = { method, url, headers, rawBody: verification?.plaintext?.body ?? rawBody };
  const texts = credentialsIn(endpoint.config.auth, request, isVerified);
  const redactor = texts.length === 0 ? NOTHING : new Redactor(texts);
  REDACTORS.set(delivery, { isVerified, redactor });
  return redactor;
}
