import type { WebhookAuth } from '../../common/auth';
import type { Source } from '../../common/presets';
import { credentialPlaces } from '../credentials/places';
import { Sources } from '../verifiers/Sources';
import { credentialsIn } from './credentialsIn';
import { OwnPlaces, type Seen } from './OwnPlaces';
import { provenItems } from './provenItems';
import { Redactor } from './Redactor';

const NOTHING = new Redactor([]);
const NO_BODY = Buffer.alloc(0);

/** Bytes of a body that are kept of a request that can have come from anybody; of a longer one, nothing is. */
export const MAX_UNPROVEN_BODY = 65_536;

/** By the settings of a webhook that is enabled: every request asks, and they never change. */
const PLACES = new WeakMap<WebhookAuth, readonly Source[]>();

/** A delivery is written down and shown to its workflow: both ask. */
const REDACTORS = new WeakMap<Seen, { isVerified: boolean; redactor: Redactor }>();

/** What takes the webhook's own credential out of all that a delivery keeps and shows. */
export function redactorOf(delivery: Seen): Redactor {
  const places = placesOf(delivery.endpoint.config.auth);
  if (places.length === 0) {
    return NOTHING;
  }
  const isVerified = delivery.verification !== undefined;
  const known = REDACTORS.get(delivery);
  if (known?.isVerified === isVerified) {
    return known.redactor;
  }
  const redactor = new Redactor(textsOf(delivery, places, isVerified), new OwnPlaces(delivery, places));
  REDACTORS.set(delivery, { isVerified, redactor });
  return redactor;
}

function textsOf(delivery: Seen, places: readonly Source[], isVerified: boolean): string[] {
  const { verification, method, url, headers, params } = delivery;
  const body = verification?.plaintext?.body ?? delivery.rawBody ?? NO_BODY;
  const isKept = !verification?.handshake || body.length <= MAX_UNPROVEN_BODY;
  // One for both: to read a large body anew takes its time.
  const sources = new Sources({ method, url, headers, params, rawBody: isKept ? body : NO_BODY }, {});
  const items = provenItems(delivery.endpoint.config.auth, sources, isVerified);
  return [...new Set([...credentialsIn(places, sources, isVerified), ...items])];
}

function placesOf(auth: WebhookAuth): readonly Source[] {
  let places = PLACES.get(auth);
  if (!places) {
    places = credentialPlaces(auth);
    PLACES.set(auth, places);
  }
  return places;
}
