import type { Vector } from './types';

/** Made once with `openssl genpkey -algorithm ed25519`; only its public half is here. */
export const ED25519_HEX = '70fb949d93ed6dff090d919fd0de1afd1cebefd960b7ca8fd02d5e7906a09989';
export const WECHATPAY_KEY = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA2IjK9gNYyO5+DiXbcdNx
JFizCBIA3TfNaocGVpqftohrynhsFbCTcFwghOAMPWONRfeznPS8UTvm7/TGrRLO
itf3jy7uSg+qtDoc3tngIa7RFJzdkfbVfGj6WGfLf8rqcWe0cyW1O49U5ec0WNF8
ZxNrW1MFbkl9yadkfLrCs3MNOxLUhIX239M8FhAVKAq8QP2Nr1CjoAg+E1oiJCJY
dLKp4iagWcOWdOTTLAbu7F4q9dnXKPn0lerDY8uzD8gxP4BUgKeKPp4VuF1T6QPl
k1EdaFrzn+E11J2NT3JAePWxGcLo1xYgI3rmgw3Wv15CV9Y7G5gY3uXBNbBpOWMd
xQIDAQAB
-----END PUBLIC KEY-----
`;
export const WECHATPAY_CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIDDzCCAfegAwIBAgIUUVfwnv3Alt4V6+gaRwV6cjLxuOEwDQYJKoZIhvcNAQEL
BQAwFjEUMBIGA1UEAwwLVGVucGF5IHRlc3QwIBcNMjYxMTI0MTExMDEzWhgPMjEy
NjEwMzExMTEwMTNaMBYxFDASBgNVBAMMC1RlbnBheSB0ZXN0MIIBIjANBgkqhkiG
9w0BAQEFAAOCAQ8AMIIBCgKCAQEA2IjK9gNYyO5+DiXbcdNxJFizCBIA3TfNaocG
VpqftohrynhsFbCTcFwghOAMPWONRfeznPS8UTvm7/TGrRLOitf3jy7uSg+qtDoc
3tngIa7RFJzdkfbVfGj6WGfLf8rqcWe0cyW1O49U5ec0WNF8ZxNrW1MFbkl9yadk
fLrCs3MNOxLUhIX239M8FhAVKAq8QP2Nr1CjoAg+E1oiJCJYdLKp4iagWcOWdOTT
LAbu7F4q9dnXKPn0lerDY8uzD8gxP4BUgKeKPp4VuF1T6QPlk1EdaFrzn+E11J2N
T3JAePWxGcLo1xYgI3rmgw3Wv15CV9Y7G5gY3uXBNbBpOWMdxQIDAQABo1MwUTAd
BgNVHQ4EFgQUpC8uwf0nJ9bJBAIa8MtSDhaIZCcwHwYDVR0jBBgwFoAUpC8uwf0n
J9bJBAIa8MtSDhaIZCcwDwYDVR0TAQH/BAUwAwEB/zANBgkqhkiG9w0BAQsFAAOC
AQEAYSsLeMD4fkdUF2omTiwMXSEqJRMVm9y+ICYHRMmue24NGgGJoUoJElH9XXTp
6xlMnQLzQ7kAjmqAKDl92Od/aZUUM5il3VqV7QcfbyUKUNOKWxAkJYEzbfghgoYa
uFrtTeEiOtCXFmTy1mbEliwt0ap12CpLY3LL1SBIrJZj0fZhF/NNRBLf+ksFATfk
x5jWYooRfr80hmVzfH6Cqj69NQpTQmwJ6ETqNC8d//b1JA5Sed2xv+efSQyRzxEK
rgUaVFgic05Vqjw1SCZhckXRlgxi3N4JyGS74yMgRklDpjbrWhCTRboRgZoH8dhy
rLU3HmoHEvr3q39/hXpmUtzFPg==
-----END CERTIFICATE-----
`;
const OTHER_RSA_KEY = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAoLUX0pja9q/7RqLERaQX
k6bLoA9bedxoRVXA6Qy54mMFQ3jKdcsMJ30CfjUOr92G3a2wbY97fcaZNrwfAgBn
2+okwvdk9hXnf19kM4qFzhLh4bwkaFVhOXYUvRCtzQZu2EompfaQReOQ9RxT8kzd
WzreGv4wlL2DaSwwRJNVOAjYgJpZd4SbHHB5cQ+9ltzkwh6v6ku4lxe0yfiKQsfQ
CtzqnpupNz4gkn3bjfVs2mIy5HdksfH64MWKmA+brvJpie5DVQ5//sR26geQ7rmk
WCpeaCmoD4Cyo6dYK5Lpfbrqt3okvPCoI93q571pVSTdbIbb4kUszWgV0f/rIrxL
OQIDAQAB
-----END PUBLIC KEY-----
`;

/** Schemes that are verified with the sender's public key. */
export const KEY_VECTORS: Vector[] = [
  {
    provider: 'discord',
    source: 'computed once with openssl pkeyutl -sign -rawin',
    secret: ED25519_HEX,
    // RFC 8032, section 7.1, test 1
    otherSecret: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    request: {
      headers: {
        'x-signature-timestamp': '1700000000',
        'x-signature-ed25519':
          '3fd6729cdce6058f5baf254ea43cfdf5dbede6344401951fe3ca9105e665216d9d5e2940c814a8b7fee17de39f3e4b7bbe90a11697220c19e8fbe2f2dbea2f0b',
      },
      body: '{"id":"1001","type":2,"token":"t1","data":{"name":"hello"}}',
    },
    at: 1_700_000_000,
    deliveryId: '1001',
    signature: 'header:x-signature-ed25519',
    signed: ['header:x-signature-timestamp'],
    tolerance: 900,
  },
  {
    provider: 'standard-webhooks-v1a',
    source: 'computed once with openssl pkeyutl -sign -rawin',
    secret: 'whpk_cPuUnZPtbf8JDZGf0N4a/Rzr79lgt8qP0C1eeQagmYk=',
    otherSecret: 'whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=',
    request: {
      headers: {
        'webhook-id': 'msg_2b',
        'webhook-timestamp': '1700000000',
        'webhook-signature':
          'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= v1a,QHITOvI9iayco1BiKv2faYaSGvHQzFCj4F1r99OvrPZjxsTM49f9mLGvfBPeHYSShqc6PdqAtcbNoqcGbIVLBw==',
      },
      body: '{"type":"user.created"}',
    },
    at: 1_700_000_000,
    deliveryId: 'msg_2b',
    signature: 'header:webhook-signature',
    isList: true,
    signed: ['header:webhook-id', 'header:webhook-timestamp'],
    tolerance: 300,
  },
  {
    provider: 'sendgrid',
    source: 'https://github.com/sendgrid/sendgrid-nodejs, packages/eventwebhook/src/eventwebhook.spec.js',
    secret:
      'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEDr2LjtURuePQzplybdC+u4CwrqDqBaWjcMMsTbhdbcwHBcepxo7yAQGhHPTnlvFYPAZFceEu/1FwCM/QmGUhA==',
    otherSecret:
      'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqTxd43gyp8IOEto2LdIfjRQrIbsd4SXZkLW6jDutdhXSJCWHw8REntlo7aNDthvj+y7GjUuFDb/R1NGe1OPzpA==',
    request: {
      headers: {
        'x-twilio-email-event-webhook-timestamp': '1588788367',
        'x-twilio-email-event-webhook-signature':
          'MEUCIQCtIHJeH93Y+qpYeWrySphQgpNGNr/U+UyUlBkU6n7RAwIgJTz2C+8a8xonZGi6BpSzoQsbVRamr2nlxFDWYNH2j/0=',
      },
      body: '{"category":"example_payload","event":"test_event","message_id":"message_id"}',
    },
    at: 1_588_788_367,
    deliveryId: '39ebd5bf0da7821ecf3151f65afffdcf50e12bc3bb7ba575c47b8c9ea8820b40',
    signature: 'header:x-twilio-email-event-webhook-signature',
    signed: ['header:x-twilio-email-event-webhook-timestamp'],
    tolerance: 86_400,
  },
  {
    provider: 'wechatpay',
    source: 'computed once with openssl dgst -sha256 -sign and aes-256-gcm',
    secret: { name: 'PUB_KEY_ID_0000000000000001', value: WECHATPAY_KEY },
    otherSecret: { name: 'PUB_KEY_ID_0000000000000001', value: OTHER_RSA_KEY },
    options: { apiV3Key: 'abcdefghijklmnopqrstuvwxyz012345' },
    request: {
      headers: {
        'wechatpay-timestamp': '1700000000',
        'wechatpay-nonce': '593BEC0C930BF1AFEB40B4A08C8FB242',
        'wechatpay-serial': 'PUB_KEY_ID_0000000000000001',
        'wechatpay-signature':
          'OIPc0lxAZG8Cbx5CzVn2/34lkfW2ifpEprsWvFGjuWg8IQjDWTYPdjxdSdliO0Bq5YOCnYVxgiqm8RGYT+FEIg0KK5OMJac/gU48Dv3ym8RthkDwdn93RYUo/dcocAechoOVHpilFpbols/suHg3nA/PBX42OW9Tpi7Fyk9Tj8kJNCV7vWbp2dbtq/9gkwB3zgrDirkjUoeD/mOxIOsLnPpqZVs0MFUTCEwkXXnF1PZpO2thNAZLKtnIDTotA5QCMX8S1URyi4H2/xc2JeSMSR+vVYjMo77k2cmjsPgThnk/JJvopltKsinVcfxS6BgFPbgNDpMBAp2TZdxIf3DwWw==',
      },
      body: '{"id":"EV-2018022511223320873","create_time":"2015-05-20T13:29:35+08:00","resource_type":"encrypt-resource","event_type":"TRANSACTION.SUCCESS","resource":{"algorithm":"AEAD_AES_256_GCM","ciphertext":"r7Pbobstsgt9mK4trE2Vto0cB5OusTvcoeQ/NoTFWEyxFNoLLrG2p3aIjv5g8fvBlF4WWMfFTbYS4ha4Ef/SsIGcHrnsGAdXcwr6YqxDVzVCxaCQQY2/XDhujq/doS09rIRgqBlkg/8DVsGX","nonce":"fdasflkja484","associated_data":"transaction","original_type":"transaction"}}',
    },
    at: 1_700_000_000,
    deliveryId: 'EV-2018022511223320873',
    signature: 'header:wechatpay-signature',
    signed: ['header:wechatpay-timestamp', 'header:wechatpay-nonce', 'header:wechatpay-serial'],
    tolerance: 300,
    plaintext: '{"mchid":"1230000109","out_trade_no":"1217752501201407033233368018","trade_state":"SUCCESS"}',
  },
];
