// Framework-free.

import type { Handshake } from '../presets';

/** Of services that look whether the URL answers before they keep it. */
export const HEAD_PROBE: Handshake = probe('HEAD');
export const GET_PROBE: Handshake = probe('GET');

function probe(method: 'HEAD' | 'GET'): Handshake {
  return { kind: 'probe', when: { method }, auth: 'none', reply: { status: 200 } };
}
