// Framework-free.

import type { Handshake } from '../presets';

/** Of services that look whether the URL answers before they keep it. */
export const HEAD_PROBE: Handshake = {
  kind: 'probe',
  when: { method: 'HEAD' },
  auth: 'none',
  reply: { status: 200 },
};
