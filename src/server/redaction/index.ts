import type { WebhookAuth } from '../../common/auth';
import type { Source } from '../../common/presets';
import { credentialPlaces } from '../credentials/places';
import { credentialsIn } from './credentialsIn';
import { OwnPlaces, type Seen } from './OwnPlaces';
import { provenItems } from './provenItems';
import { Redactor } from './Redactor';

const NOTHING = new Redactor([]);

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
  const { verification, method, url, headers, params, rawBody = Buffer.alloc(0) } = delivery;
  const request = { method, url, headers, params, rawBody: verification?.plaintext?.body ?? rawBody };
  const items = provenItems(delivery.endpoint.config.auth, request, isVerified);
  return [...new Set([...credentialsIn(places, request, isVerified), ...items])];
}

function placesOf(auth: WebhookAuth): readonly Source[] {
  let places = PLACES.get(auth);
  if (!places) {
    places = credentialPlaces(auth);
    PLACES.set(auth, places);
  }
  return places;
}
