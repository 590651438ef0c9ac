import { REDACTED } from '../../common/deliveries';
import type { Source } from '../../common/presets';
import { pathWithoutCredentials, withoutCredentials } from '../credentials/values';
import type { Accepted, VerifiedDelivery } from '../pipeline/types';
import { formWithout } from './formWithout';
import { Sources } from '../verifiers/Sources';
import { isMultipart } from '../verifiers/formFields';

/** A request that has found its webhook, however far it came then. */
export type Seen = Accepted & Partial<VerifiedDelivery>;

/**
 * The places of one delivery in which its webhook looks for the credential. What stands there goes, however short it is;
 * of the rest of the delivery only what is long enough not to stand there by chance.
 */
export class OwnPlaces {
  /** Those in the body in which text is replaced as bytes; of JSON, what is read is written anew. */
  private readonly inBody: readonly Source[];

  constructor(
    private readonly delivery: Seen,
    places: readonly Source[],
  ) {
    this.inBody = places.filter((place) => /^(form|form-json|xml):/.test(place));
  }

  /** A text; the delivery's own path goes without what its parameter holds. */
  text(text: string): string {
    const { path, params, endpoint } = this.delivery;
    return text === path
      ? pathWithoutCredentials(path, params, { segments: endpoint.segments, auth: endpoint.config.auth })
      : text;
  }

  /** A value; so do the path's parameters. */
  value<T>(value: T): T {
    const { params, endpoint } = this.delivery;
    return (value as unknown) === params ? (withoutCredentials(params, 'path', endpoint.config.auth) as T) : value;
  }

  /** A body of this delivery: a form without what its fields hold. Only of a sender who is verified it is read. */
  body(body: Buffer): Buffer {
    const names = this.inBody.filter((place) => place.startsWith('form:')).map((place) => place.slice('form:'.length));
    return names.length === 0 || !this.delivery.verification || isMultipart(this.delivery)
      ? body
      : formWithout(body, names);
  }

  /** Whether one still stands where it did, or can't be told any more: not every grammar is written as easily as read. */
  isLeftIn(before: Buffer, after: Buffer): boolean {
    if (this.inBody.length === 0 || !this.delivery.verification) {
      return false;
    }
    const [was, is] = [this.sourcesIn(before), this.sourcesIn(after)];
    return this.inBody.some((place) => {
      const kept = is.all(place);
      return was.all(place).length !== kept.length || kept.some((value) => value !== REDACTED);
    });
  }

  private sourcesIn(rawBody: Buffer): Sources {
    const { method, url, headers, params } = this.delivery;
    return new Sources({ method, url, headers, params, rawBody }, {});
  }
}
