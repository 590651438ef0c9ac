/** What the guides say of a provider whose scheme is code. */
export interface CodeGuide {
  signing: [what: string, how: string][];
  deliveryId: string;
  handshakes?: string[];
}

const BIZ_MSG: [string, string][] = [
  ['Where the signature is', 'the query parameter `msg_signature`'],
  ['Signed text', 'token, timestamp, nonce and the encrypted message, sorted and joined'],
  ['Algorithm', 'SHA-1, hex'],
  ['Decrypted', 'AES-256-CBC with the EncodingAESKey; the receive id inside has to be the one set here'],
];

/** By provider id; as `src/server/verifiers/providers` does it. */
export const CODE_GUIDES: Readonly<Record<string, CodeGuide>> = {
  adyen: {
    signing: [
      ['Where the signature is', 'the JSON field `additionalData.hmacSignature` of the one item'],
      [
        'Signed text',
        'pspReference, originalReference, merchantAccountCode, merchantReference, amount.value, amount.currency, eventCode and success, with `:` between',
      ],
      ['Algorithm', 'HMAC with SHA-256, base64'],
      ['Key', 'the bytes that the secret is hex of'],
      [
        'Items',
        'one in a call, as Adyen sends them in JSON: several are refused, since which ones come together is not signed',
      ],
      ['Answer', '`[accepted]`, in place of the one that is set here'],
    ],
    deliveryId: 'A repeat is known by event code, reference and success together.',
  },
  alipay: {
    signing: [
      ['Where the signature is', 'the form field `sign`'],
      [
        'Signed text',
        'all other fields but `sign_type`, decoded and sorted, as `name=value` with `&` between; fields that it could also be taken apart into otherwise are refused',
      ],
      ['Algorithm', 'RSA with SHA-256 (`RSA2`), base64'],
      ['Time', '`notify_time`, in China’s time; may be 25 hours off, because Alipay repeats for so long'],
      ['Answer', '`success`, in place of the one that is set here'],
    ],
    deliveryId: 'A repeat is known by `notify_id`.',
  },
  'aws-sns': {
    signing: [
      ['Where the signature is', 'the JSON field `Signature`'],
      ['Signed text', 'the names and values of fixed fields of the message, each on a line'],
      ['Algorithm', 'RSA with SHA-1 (`SignatureVersion` 1) or SHA-256 (2)'],
      [
        'Key',
        'the certificate at `SigningCertURL`: fetched from `sns.<region>.amazonaws.com` only, over https, without redirects, bounded in time and size, and kept; it has to be in force',
      ],
      ['Time', '`Timestamp`; may be 3600 s off, either way'],
    ],
    deliveryId: 'A repeat is known by `MessageId`.',
    handshakes: [
      '`SubscriptionConfirmation`: verified like any message; then its `SubscribeURL` is called, which has to be at Amazon SNS too.',
    ],
  },
  dingtalk: {
    signing: [
      ...BIZ_MSG,
      ['Time', 'in milliseconds; may be 3600 s off, either way'],
      ['Answer', 'an encrypted `success`'],
    ],
    deliveryId: 'A repeat is known by `eventId`, else by the message itself.',
    handshakes: ['`check_url`: answered with an encrypted `success`. It has to be signed.'],
  },
  feishu: {
    signing: [
      ['Where the signature is', 'the header `x-lark-signature`'],
      ['Signed text', 'timestamp, nonce, Encrypt Key and body, joined'],
      ['Algorithm', 'SHA-256, hex'],
      ['Decrypted', 'AES-256-CBC with the Encrypt Key'],
      ['Time', 'the header `x-lark-request-timestamp`, in seconds; may be 300 s off, either way'],
    ],
    deliveryId: 'A repeat is known by `event_id` (version 1: `uuid`).',
    handshakes: [
      '`url_verification`: answered with the challenge. It has to be encrypted with the Encrypt Key, or hold the Verification Token that is set here.',
    ],
  },
  'http-message-signatures': {
    signing: [
      ['Where the signature is', 'the headers `Signature` and `Signature-Input`'],
      [
        'Signed text',
        'the signature base of RFC 9421; `Content-Digest` or `Repr-Digest` (RFC 9530) is compared with the body as it was sent, a content coding included',
      ],
      [
        'Must be signed',
        'what is set here; else `@method`, `@path`, `@query` where there is a query, and `content-digest` where there is a body. `@target-uri` and `@request-target` hold the path and the query. A component with a parameter (`;key`, `;bs`, `@query-param`) counts for none of them. Headers that are not signed reach the workflow as well: name those that it relies on here.',
      ],
      [
        'Body',
        'Where `content-type` is not signed, a stranger could say that the body is something else: [it is read as what its bytes are](../verification.md#rules-for-every-scheme). Where `content-encoding` is there and not signed, it has to be JSON.',
      ],
      ['Algorithm', 'hmac-sha256, rsa-pss-sha512, rsa-v1_5-sha256, ecdsa-p256-sha256, ecdsa-p384-sha384 or ed25519'],
      ['Time', '`created`, in seconds; may be 300 s off, either way; past `expires` it is refused'],
    ],
    deliveryId:
      'A repeat is known by `keyid` and `nonce`; by all that is signed where the signature has no nonce. Two calls of one second that are the same in all that is signed are then taken for one.',
  },
  paypal: {
    signing: [
      ['Where the signature is', 'the header `paypal-transmission-sig`'],
      ['Signed text', 'transmission id, transmission time, webhook id and the CRC-32 of the body, with `\\|` between'],
      ['Algorithm', 'RSA with SHA-256, base64'],
      ['Key', 'the certificate at `paypal-cert-url`: fetched from PayPal only, over https, and kept'],
      ['Time', 'the header `paypal-transmission-time`; may be three days off, because PayPal repeats for so long'],
      [
        'Mind',
        'a CRC-32 is no proof: whoever sees one signed call can make another body with the same checksum. So a transmission id, which is signed, is taken for one body only, and once that was taken starts nothing more, whatever the webhook tells repeats by. Whoever gets in before PayPal does is not kept out by that: only https keeps calls from being seen; before money moves on one, ask PayPal’s API for the payment that it names.',
      ],
    ],
    deliveryId:
      'A repeat is known by the header `paypal-transmission-id`, which is signed: whoever has seen a call can’t start the workflow with it again, whatever body they make for it, for as long as its time is taken.',
  },
  twilio: {
    signing: [
      ['Where the signature is', 'the header `x-twilio-signature`'],
      [
        'Signed text',
        'the URL, and behind it every form field’s name and value, sorted, with nothing between; for other bodies the URL alone, whose `bodySHA256` covers the body. As nothing stands between, who has seen a call could move characters from a name to its value: look up in Twilio what matters',
      ],
      ['Algorithm', 'HMAC with SHA-1, base64'],
      ['Time', 'None is signed.'],
    ],
    deliveryId:
      'A repeat is known by the signature, which covers everything that Twilio sends. A call that is the same in its URL and every field counts as a repeat: where one may come again in earnest, as in a loop of TwiML, let the URL differ.',
  },
  'wechat-mp-secure': {
    signing: [...BIZ_MSG, ['Time', 'may be 300 s off, either way'], ['Answer', '`success`']],
    deliveryId: 'A repeat is known by `MsgId`, else by sender and time.',
    handshakes: ['`echostr`, by `GET`: given back as it came. It has to be signed.'],
  },
  wecom: {
    signing: [...BIZ_MSG, ['Time', 'may be 300 s off, either way'], ['Answer', 'empty']],
    deliveryId: 'A repeat is known by `MsgId`, else by sender and time.',
    handshakes: ['`echostr`, by `GET`: decrypted and given back bare. It has to be signed.'],
  },
};
