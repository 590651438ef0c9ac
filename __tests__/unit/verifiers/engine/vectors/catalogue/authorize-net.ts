import type { ProviderFacts } from '../types';

export const AUTHORIZE_NET: ProviderFacts = {
  provider: 'authorize-net',
  covers: ['whole', false, null],
  idSigned: true,
  vectors: [
    {
      source:
        'https://developer.authorize.net/api/reference/features/webhooks.html, its rule; Python hmac; the key as text, as AuthnetWebhook.php of github.com/stymiee/authnetjson and the thread on it have it: https://community.developer.cybersource.com/t5/Integration-and-Testing/HMAC-SHA-512-hash-not-matching-in-webhook-callback/td-p/57162',
      secret:
        'A4F2C1D3A4F2C1D3A4F2C1D3A4F2C1D3A4F2C1D3A4F2C1D3A4F2C1D3A4F2C1D3A4F2C1D3A4F2C1D3A4F2C1D3A4F2C1D3A4F2C1D3A4F2C1D3A4F2C1D3A4F2C1D3',
      otherSecret:
        'B4F2C1D3B4F2C1D3B4F2C1D3B4F2C1D3B4F2C1D3B4F2C1D3B4F2C1D3B4F2C1D3B4F2C1D3B4F2C1D3B4F2C1D3B4F2C1D3B4F2C1D3B4F2C1D3B4F2C1D3B4F2C1D3',
      request: {
        headers: {
          'x-anet-signature':
            'sha512=AAFBEC1E0CE18606D0CAD5DB7E55CBC38DEF12629E229EE71ECA1BB48346F06EA61C4FAA33835EAE92AACBA70A45DFDC87410BBEBF9278921DCFEF6988108B50',
        },
        body: '{"notificationId":"d0e8e7fe-c3e7-4add-a480-27bc5ce28a18","eventType":"net.authorize.payment.authcapture.created","payload":{"id":"60020981676"}}',
      },
      at: 1700000000,
      deliveryId: 'd0e8e7fe-c3e7-4add-a480-27bc5ce28a18',
      signature: 'header:x-anet-signature',
    },
  ],
};
