// Framework-free.

import type { Provider } from '../provider';
import { PASTE_URL } from '../steps';

export const MUX: Provider = {
  id: 'mux',
  title: 'Mux',
  event: {
    from: ['json:type'],
    names: [
      'video.asset.created',
      'video.asset.ready',
      'video.asset.errored',
      'video.asset.deleted',
      'video.upload.asset_created',
      'video.live_stream.active',
      'video.live_stream.idle',
    ],
  },
  scheme: {
    kind: 'hmac',
    sig: {
      from: 'header:mux-signature',
      split: ',',
      prefix: 'v1=',
    },
    ts: {
      from: 'sig:t=',
      tol: 300,
    },
    content: '{ts}.{body}',
    id: ['json:id'],
  },
  secretLabel: 'Signing secret',
  setup: ['At Mux open “Settings”, “Webhooks”.', PASTE_URL, 'Copy the “Signing Secret”, paste it here, and save.'],
  example: {
    json: {
      type: 'video.asset.ready',
      id: '3c3b5c2e',
      object: {
        type: 'asset',
        id: '0201p02f',
      },
      data: {
        status: 'ready',
      },
    },
  },
  docs: 'https://www.mux.com/docs/core/verify-webhook-signatures',
};
