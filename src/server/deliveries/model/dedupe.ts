/**
 * What one key means that comes again with another body: `repeat`, the key decides alone; `new`, a delivery of its
 * own; `refused`, its sender mixed up two calls.
 */
export type OtherBody = 'repeat' | 'new' | 'refused';

/** What tells a delivery's repeats from others. */
export interface DedupeKey {
  key: string;
  /** Unique in the database while the window lasts. */
  slot: string;
  /** Of the body, in hex. */
  bodyDigest: string;
  otherBody: OtherBody;
}
