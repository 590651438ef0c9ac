import type { Vector } from './types';

/** Signatures that a maker sets up, one for each kind, source, content and time. */
export const CUSTOM_VECTORS: Vector[] = [
  {
    provider: 'custom: HMAC-MD5',
    source: 'Python hmac, hashlib and cryptography',
    scheme: {
      alg: 'md5',
      sig: {
        from: 'header:x-sig',
      },
    },
    secret: 'custom-secret-1',
    otherSecret: 'custom-secret-2',
    request: {
      headers: {
        'x-sig': '0316481ce4a93513e24bc566e6e0ee00',
      },
      body: '{"id":"42","name":"Zoë"}',
    },
    at: 1700000000,
    deliveryId: null,
    signature: 'header:x-sig',
  },
  {
    provider: 'custom: HMAC-SHA1',
    source: 'Python hmac, hashlib and cryptography',
    scheme: {
      alg: 'sha1',
      sig: {
        from: 'header:x-sig',
      },
    },
    secret: 'custom-secret-1',
    otherSecret: 'custom-secret-2',
    request: {
      headers: {
        'x-sig': 'dc7b3630a88be665dd39213c737afe4cf1d62bae',
      },
      body: '{"id":"42","name":"Zoë"}',
    },
    at: 1700000000,
    deliveryId: null,
    signature: 'header:x-sig',
  },
  {
    provider: 'custom: HMAC-SHA224',
    source: 'Python hmac, hashlib and cryptography',
    scheme: {
      alg: 'sha224',
      sig: {
        from: 'header:x-sig',
      },
    },
    secret: 'custom-secret-1',
    otherSecret: 'custom-secret-2',
    request: {
      headers: {
        'x-sig': '7c6f06dac81e374e3828ea5b964e01fd3767f61bfc12597e0c0ae8b4',
      },
      body: '{"id":"42","name":"Zoë"}',
    },
    at: 1700000000,
    deliveryId: null,
    signature: 'header:x-sig',
  },
  {
    provider: 'custom: HMAC-SHA256',
    source: 'Python hmac, hashlib and cryptography',
    scheme: {
      alg: 'sha256',
      sig: {
        from: 'header:x-sig',
      },
    },
    secret: 'custom-secret-1',
    otherSecret: 'custom-secret-2',
    request: {
      headers: {
        'x-sig': 'fb8584a760a06d226588bb49ddf74d9ddb6029e779f195629eae08d34fd489ce',
      },
      body: '{"id":"42","name":"Zoë"}',
    },
    at: 1700000000,
    deliveryId: null,
    signature: 'header:x-sig',
  },
  {
    provider: 'custom: HMAC-SHA384',
    source: 'Python hmac, hashlib and cryptography',
    scheme: {
      alg: 'sha384',
      sig: {
        from: 'header:x-sig',
      },
    },
    secret: 'custom-secret-1',
    otherSecret: 'custom-secret-2',
    request: {
      headers: {
        'x-sig': '9a5b8dfee6555ef24eaa890a2b5f535a7d2ae8686a2fdcf02d4404b2d2117121eb6fbf37f59f4a39677687cea4b1bfcd',
      },
      body: '{"id":"42","name":"Zoë"}',
    },
    at: 1700000000,
    deliveryId: null,
    signature: 'header:x-sig',
  },
  {
    provider: 'custom: HMAC-SHA512',
    source: 'Python hmac, hashlib and cryptography',
    scheme: {
      alg: 'sha512',
      sig: {
        from: 'header:x-sig',
      },
    },
    secret: 'custom-secret-1',
    otherSecret: 'custom-secret-2',
    request: {
      headers: {
        'x-sig':
          'a79f5ebe9f6497eacbb13a6888bfd8e8e269ab5ee2cdb1f0362d74031823f844b968b96b9377da57e3abb35846af23c84b6c18281a3bdcb8ee6681ed96eb38c6',
      },
      body: '{"id":"42","name":"Zoë"}',
    },
    at: 1700000000,
    deliveryId: null,
    signature: 'header:x-sig',
  },
  {
    provider: 'custom: upper-case hex',
    source: 'Python hmac, hashlib and cryptography',
    scheme: {
      sig: {
        from: 'header:x-sig',
        enc: 'hex-upper',
      },
    },
    secret: 'custom-secret-1',
    otherSecret: 'custom-secret-2',
    request: {
      headers: {
        'x-sig': 'FB8584A760A06D226588BB49DDF74D9DDB6029E779F195629EAE08D34FD489CE',
      },
      body: '{"id":"42","name":"Zoë"}',
    },
    at: 1700000000,
    deliveryId: null,
    signature: 'header:x-sig',
  },
  {
    provider: 'custom: hash behind the secret',
    source: 'Python hmac, hashlib and cryptography',
    scheme: {
      kind: 'hash',
      alg: 'sha512',
      sig: {
        from: 'header:x-sig',
        enc: 'base64',
      },
      content: '{body}{secret}',
    },
    secret: 'custom-secret-1',
    otherSecret: 'custom-secret-2',
    request: {
      headers: {
        'x-sig': 'xEC7gC2mLfh5CkqBwgRuSJtMh/UwG+xpB38jbe37LjGeZV2X6BOWi2NC9JSOO+LYCBP2aBr7b22iJwpAXpXcjw==',
      },
      body: '{"id":"42","name":"Zoë"}',
    },
    at: 1700000000,
    deliveryId: null,
    signature: 'header:x-sig',
  },
  {
    provider: 'custom: token in a JSON body',
    source: 'Python hmac, hashlib and cryptography',
    scheme: {
      kind: 'token',
      sig: {
        from: 'json:auth.token',
      },
    },
    secret: 'custom-secret-1',
    otherSecret: 'custom-secret-2',
    request: {
      headers: {},
      body: '{"auth":{"token":"custom-secret-1"},"a":1}',
    },
    at: 1700000000,
    deliveryId: null,
    signature: 'json:auth.token',
    signsBody: false,
    isToken: true,
    plaintext: '{"auth":{"token":"custom-secret-1"},"a":1}',
  },
  {
    provider: 'custom: token in the path',
    source: 'Python hmac, hashlib and cryptography',
    scheme: {
      kind: 'token',
      sig: {
        from: 'path:token',
      },
    },
    secret: 'custom-secret-1',
    otherSecret: 'custom-secret-2',
    request: {
      headers: {},
      body: '{"id":"42","name":"Zoë"}',
      params: {
        token: 'custom-secret-1',
      },
    },
    at: 1700000000,
    deliveryId: null,
    signature: 'path:token',
    signsBody: false,
    isToken: true,
  },
  {
    provider: 'custom: any of two places',
    source: 'Python hmac, hashlib and cryptography',
    scheme: {
      sig: {
        from: ['header:x-old', 'header:x-sig'],
        any: true,
        enc: 'base64',
      },
      content: '{body}{header:x-time}',
    },
    secret: 'custom-secret-1',
    otherSecret: 'custom-secret-2',
    request: {
      headers: {
        'x-old': 't59eXz5YLba/mkpfh5qy5lH0TnwXd+sD4NhYXxO27Ss=',
        'x-sig': 'Ea0DTO8p8YJSB/AFc1pxRXSZjwPLRSxglWOFGt8P3WE=',
        'x-time': '2020',
      },
      body: '{"id":"42","name":"Zoë"}',
    },
    at: 1700000000,
    deliveryId: null,
    signature: 'header:x-sig',
    signed: ['header:x-time'],
  },
  {
    provider: 'custom: key id and hash inside the item',
    source: 'Python hmac, hashlib and cryptography',
    scheme: {
      alg: 'sha256',
      sig: {
        from: 'header:x-sig',
        parts: {
          by: '/',
          sig: 3,
          key: 1,
          alg: 2,
        },
      },
    },
    secret: {
      name: '1',
      value: 'custom-secret-1',
    },
    otherSecret: 'custom-secret-2',
    request: {
      headers: {
        'x-sig': '1/SHA256/fb8584a760a06d226588bb49ddf74d9ddb6029e779f195629eae08d34fd489ce',
      },
      body: '{"id":"42","name":"Zoë"}',
    },
    at: 1700000000,
    deliveryId: null,
    signature: 'header:x-sig',
  },
  {
    provider: 'custom: items by position',
    source: 'Python hmac, hashlib and cryptography',
    scheme: {
      sig: {
        from: 'header:x-sig',
        split: ',',
      },
      ts: {
        from: 'sig:#1',
        unit: 'ms',
        tol: 300,
      },
      content: '{ts}.{body}',
    },
    secret: 'custom-secret-1',
    otherSecret: 'custom-secret-2',
    request: {
      headers: {
        'x-sig':
          '1700000000000,6a4262cf0028b191d66cd34dd344a9d8c81769dd8f92c70819ff82438fbcefca,3e2c4878e48d413b76e7aad9f6460ae59674ca858c9e8740fb5cf13e4c9867b2',
      },
      body: '{"id":"42","name":"Zoë"}',
    },
    at: 1700000000,
    deliveryId: null,
    signature: 'header:x-sig',
    isList: true,
    tolerance: 300,
  },
  {
    provider: 'custom: one item by its position',
    source: 'Python hmac, hashlib and cryptography',
    scheme: {
      sig: {
        from: 'header:x-sig',
        split: '.',
        item: 2,
      },
    },
    secret: 'custom-secret-1',
    otherSecret: 'custom-secret-2',
    request: {
      headers: {
        'x-sig': 'v7.fb8584a760a06d226588bb49ddf74d9ddb6029e779f195629eae08d34fd489ce',
      },
      body: '{"id":"42","name":"Zoë"}',
    },
    at: 1700000000,
    deliveryId: null,
    signature: 'header:x-sig',
    isList: true,
  },
  {
    provider: 'custom: a time in RFC 3339',
    source: 'Python hmac, hashlib and cryptography',
    scheme: {
      sig: {
        from: 'header:x-sig',
      },
      ts: {
        from: 'header:x-time',
        unit: 'rfc3339',
        tol: 60,
      },
      content: '{header:x-id}{ts}{body}',
      id: ['header:x-id'],
    },
    secret: 'custom-secret-1',
    otherSecret: 'custom-secret-2',
    request: {
      headers: {
        'x-id': 'm-1',
        'x-time': '2023-11-14T22:13:20Z',
        'x-sig': '2126ea4454ebb06e5cff1d457c7c6c5283f5bd9c6995fdfcf145c9e71b124b63',
      },
      body: '{"id":"42","name":"Zoë"}',
    },
    at: 1700000000,
    deliveryId: 'm-1',
    signature: 'header:x-sig',
    signed: ['header:x-id', 'header:x-time'],
    tolerance: 60,
  },
  {
    provider: 'custom: URL with sorted form fields',
    source: 'Python hmac, hashlib and cryptography',
    scheme: {
      alg: 'sha1',
      sig: {
        from: 'header:x-sig',
        enc: 'base64',
      },
      content: '{url}{sorted-form}',
    },
    secret: 'custom-secret-1',
    otherSecret: 'custom-secret-2',
    request: {
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-sig': 'ae7gM1S48nRmlm51wRqC1Tbuhow=',
      },
      body: 'b=2&a=1&name=Zo%C3%AB+x',
      url: 'https://nocobase.example.com/api/webhooks/key',
    },
    at: 1700000000,
    deliveryId: null,
    signature: 'header:x-sig',
    signed: ['url'],
    plaintext: 'b=2&a=1&name=Zo%C3%AB+x',
    plaintextType: 'application/x-www-form-urlencoded',
    signsBody: false,
  },
  {
    provider: 'custom: sorted form fields with separators, but one',
    source: 'Python hmac, hashlib and cryptography',
    scheme: {
      kind: 'hash',
      alg: 'md5',
      sig: {
        from: 'form:sign',
        enc: 'hex-upper',
      },
      content: '{sorted-form:=&!sign}&key={secret}',
    },
    secret: 'custom-secret-1',
    otherSecret: 'custom-secret-2',
    request: {
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'b=2&a=1&sign=3B9ED807B6D1CBEB3CC7483774D59526',
    },
    at: 1700000000,
    deliveryId: null,
    signature: 'form:sign',
    plaintext: 'b=2&a=1&sign=3B9ED807B6D1CBEB3CC7483774D59526',
    plaintextType: 'application/x-www-form-urlencoded',
    signsBody: false,
  },
  {
    provider: 'custom: fields of a form, the key a digest of the secret',
    source: 'Python hmac, hashlib and cryptography',
    scheme: {
      alg: 'sha1',
      key: {
        hash: 'sha1',
      },
      sig: {
        from: 'form:bt_signature',
        split: '&',
        parts: {
          by: '|',
          sig: 2,
          key: 1,
        },
      },
      content: '{form:bt_payload}',
    },
    secret: {
      name: 'pub1',
      value: 'custom-secret-1',
    },
    otherSecret: 'custom-secret-2',
    request: {
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'bt_signature=other%7C0000000000000000000000000000000000000000%26pub1%7C8ee386268d89ec5831d05dc8c368460a65edc6e4&bt_payload=PG5vdGlmaWNhdGlvbi8%2B',
    },
    at: 1700000000,
    deliveryId: null,
    signature: 'form:bt_signature',
    isList: true,
    signsBody: false,
  },
  {
    provider: 'custom: fields of a multipart body',
    source: 'Python hmac, hashlib and cryptography',
    scheme: {
      sig: {
        from: 'form:sig',
      },
      ts: {
        from: 'form:timestamp',
        tol: 300,
      },
      content: '{ts}{form:token}',
    },
    secret: 'custom-secret-1',
    otherSecret: 'custom-secret-2',
    request: {
      headers: {
        'content-type': 'multipart/form-data; boundary=xx',
      },
      body: '--xx\r\nContent-Disposition: form-data; name="timestamp"\r\n\r\n1700000000\r\n--xx\r\nContent-Disposition: form-data; name="sig"\r\n\r\n377c9bffe4ff9cd994cb1615cdcf9df39a5713117a1f885496997603b9c4244f\r\n--xx\r\nContent-Disposition: form-data; name="f"; filename="sig"\r\n\r\nbytes\r\n--xx\r\nContent-Disposition: form-data; name="token"\r\n\r\ntok\r\n--xx--\r\n',
    },
    at: 1700000000,
    deliveryId: null,
    signature: 'form:sig',
    signsBody: false,
    tolerance: 300,
  },
  {
    provider: 'custom: a canonical request over the headers that it lists',
    source: 'Python hmac, hashlib and cryptography',
    scheme: {
      sig: {
        from: 'header:x-sig',
      },
      ts: {
        from: 'header:x-time',
        unit: 'ms',
        tol: 30,
      },
      content: '{method}\n{target}\n{headers}\n{body}',
      headers: {
        names: 'header:x-list',
        join: ';',
        required: ['x-time'],
      },
    },
    secret: 'custom-secret-1',
    otherSecret: 'custom-secret-2',
    request: {
      headers: {
        'x-list': 'x-list,x-time',
        'x-time': '1700000000000',
        'x-sig': '13010205dc2cea8c6a5ca7c3eba017c4509c0283c6837a6386fbbefc0776830e',
      },
      body: '{"id":"42","name":"Zoë"}',
      url: 'https://nocobase.example.com/api/webhooks/key?a=1',
    },
    at: 1700000000,
    deliveryId: null,
    signature: 'header:x-sig',
    signed: ['header:x-list', 'header:x-time', 'url', 'method'],
    tolerance: 30,
  },
  {
    provider: 'custom: a canonical request over a list of headers and a digest of the body',
    source: 'Python hmac, hashlib and cryptography',
    scheme: {
      sig: {
        from: 'header:x-sig',
        enc: 'base64url',
      },
      content: '{method}\n{path}\n{headers}\n{sha256:body}',
      headers: {
        names: ['host', 'x-date'],
      },
    },
    secret: 'custom-secret-1',
    otherSecret: 'custom-secret-2',
    request: {
      headers: {
        host: 'a.example',
        'x-date': '2020',
        'x-sig': 'tT6CuGcN2GWns0K1CMDT3HeRQijCJi_v4O3MbQ7cuD4',
      },
      body: '{"id":"42","name":"Zoë"}',
      url: 'https://nocobase.example.com/api/webhooks/key',
    },
    at: 1700000000,
    deliveryId: null,
    signature: 'header:x-sig',
    signed: ['header:host', 'header:x-date', 'method'],
  },
  {
    provider: 'custom: an upper-case digest of the body and the query sorted',
    source: 'Python hmac, hashlib and cryptography',
    scheme: {
      sig: {
        from: 'header:x-sig',
      },
      content: '{url-bare}?{sorted-query:=&}|{md5-upper:body}',
    },
    secret: 'custom-secret-1',
    otherSecret: 'custom-secret-2',
    request: {
      headers: {
        'x-sig': '578c66254bcaa1a403ec86e75c3ac322c1798a47bc93e4d932fad22b86f2ea20',
      },
      body: '{"id":"42","name":"Zoë"}',
      url: 'https://nocobase.example.com/api/webhooks/key?b=2&a=1',
    },
    at: 1700000000,
    deliveryId: null,
    signature: 'header:x-sig',
    signed: ['url'],
  },
  {
    provider: 'custom: ECDSA in DER',
    source: 'Python hmac, hashlib and cryptography',
    scheme: {
      kind: 'ecdsa',
      sig: {
        from: 'header:x-sig',
        enc: 'base64',
      },
    },
    secret:
      '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE2xeFtmn/SK3LNJpBXHjI+blcvC/x\nPtIf6vPtgVicCRXfjxEUlp9VtG832dD1BP3JwJk7ouXq6TQOcfpad1Z03Q==\n-----END PUBLIC KEY-----\n',
    otherSecret:
      '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE8NnOB8DT1yfyzdVrWo1xXKD4oeaK\no5cNN4azi8bPDHoQ3ax5yoWrU5GXJwb8X0CKnpRW82bkn3155EdJz1jd6A==\n-----END PUBLIC KEY-----\n',
    request: {
      headers: {
        'x-sig': 'MEUCIQCaz2ckuOaeQV9ky14wEhICJGyKv+JOm97V4+OdMqz8lQIgSjQd40NdNGB+f0DDmvvY6icecDPp957RgRESYzHw70A=',
      },
      body: '{"id":"42","name":"Zoë"}',
    },
    at: 1700000000,
    deliveryId: null,
    signature: 'header:x-sig',
  },
  {
    provider: 'custom: ECDSA, the two numbers side by side',
    source: 'Python hmac, hashlib and cryptography',
    scheme: {
      kind: 'ecdsa',
      alg: 'sha384',
      form: 'p1363',
      sig: {
        from: 'header:x-sig',
      },
    },
    secret:
      '-----BEGIN PUBLIC KEY-----\nMHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEc8RtmbTsc6U83I9GzSfNPBqmBTGGTLe9\nyxHj2JVO00KDrwA106c495PsZEfaz30ken4A+UCDRKrNjv1kyV9HPYWxc9yK7A3e\n3Hhf8I+9TOPcDLv0L8no/Igv9q5Teptb\n-----END PUBLIC KEY-----\n',
    otherSecret:
      '-----BEGIN PUBLIC KEY-----\nMHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEeIsq6PUcgftQzUmGqIkuBAh9NS1vBLaa\n8cFsa32MMD8/Ll4sUZ9LijsshtODCdEf9kXsDKeyrhcRUdc2gtUqXyDtyvAsx98f\n8V1YItXHZu33nbWSdBQ+ZL2w2zCmKItU\n-----END PUBLIC KEY-----\n',
    request: {
      headers: {
        'x-sig':
          'dd06603b71b0d58b4f14d857fb30c284ebbcc898d9abf64385547db3e15975e182873c76f2699100328ef02f84cd853505dbd63f5c52fc35e02e7fc1fc57a519d9ee4aae3acc83a0d0c5612b479b6515980cc80532ca3cb388d0e9df973a991c',
      },
      body: '{"id":"42","name":"Zoë"}',
    },
    at: 1700000000,
    deliveryId: null,
    signature: 'header:x-sig',
  },
  {
    provider: 'custom: RSA, PKCS #1',
    source: 'Python hmac, hashlib and cryptography',
    scheme: {
      kind: 'rsa',
      alg: 'sha512',
      sig: {
        from: 'header:x-sig',
        enc: 'base64',
      },
    },
    secret:
      '-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA2gMD1LjvkLhiCMVNBhGR\n+gzwPRKSKrgZfE41AcfrcbW0rXoPvhMeJNnCr+mBchhEJGbShNRp+PqQ3mO4AyTq\nYVa03alN6GV2flhGhJFUwg3sENf2yPBuHqmvZ26HvkQzN8RrLse9edOth+oZJ80R\nPFE7webnlTvygx+dDToOAxE1IKXnvfSEFfv3rjzBEW+haSLlAaTND/ksmYA8e4UQ\nBSV7Dt8iY8go5piP6Xd1T1tFtbehD9vjhiUKUMHRREWHALyH073dVdVeq+rfcPpq\naMd08S8KTE88FlYiPMAC3GndowVB7mxSl+95p2yHH4eSeYZ6K2ubA95TRxMyo3z5\nEwIDAQAB\n-----END PUBLIC KEY-----\n',
    otherSecret:
      '-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA0MeoxICBhdGMTb044QQM\nMv0F9NFmYCM3bgB8VCzOVP4QEefRz+v6J+dwAmFmpHNt6ajEYHBcxTO/JP5RLpjI\nrmYVfR9MQekKkkbmvDBD4SRXNh2rqDvFqNgpGFqHQnzWFEGOSK+DXBWA8EGkfVkI\ndmf5Nqo9eOH36c/+gtPvULO6Rqdvg6ZeuL0/udDGGUAcKmHOXunJyBUJOim0YrVF\n/YGT9x5WZNM/uhX0PDShpy2ZJxChmVwso2CGpW/zyM4+F9WiUksNNrC/7a9cHVg8\nbv+Dia1o8Ti5jcINVMNmVWV1f0EWLSj4SOAFN9C9O9isQ+DRQqkugF23Lk1C49YR\nlQIDAQAB\n-----END PUBLIC KEY-----\n',
    request: {
      headers: {
        'x-sig':
          'F1mpDEH7XNCTZFmy9s417/frjr+ma+ApAdr6thHZ1CaI4kpbhwgaTP8PuA7uaIPe4/c2FJKyoM17D+X2VUoJdlSf+fInlpPKYKS4V+5CjtpndjmhWDnw4X5nU/LonMWIUC4lPp62VWSCVpsf+hDey0ACxPIzbu4U1z2+1z9h8DdgI/nLfkcKj4ryEAbv9etv2QKCZHEWNg5s+oRFGT90mHhx8ZwoaQvIHiq5gARhGMPL2PJRyjt27Mx9hNJaSDsg3AkcJvFLCE9u3C4Qj/C6N399e5ebt3oNpULxEBlh/jmCl/Y2ijA6ttMnAZ35EfrFVA6IiYj6dz+zze+Sg+nLuw==',
      },
      body: '{"id":"42","name":"Zoë"}',
    },
    at: 1700000000,
    deliveryId: null,
    signature: 'header:x-sig',
  },
  {
    provider: 'custom: RSA, PSS',
    source: 'Python hmac, hashlib and cryptography',
    scheme: {
      kind: 'rsa',
      padding: 'pss',
      sig: {
        from: 'header:x-sig',
        enc: 'base64',
      },
    },
    secret:
      '-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA2gMD1LjvkLhiCMVNBhGR\n+gzwPRKSKrgZfE41AcfrcbW0rXoPvhMeJNnCr+mBchhEJGbShNRp+PqQ3mO4AyTq\nYVa03alN6GV2flhGhJFUwg3sENf2yPBuHqmvZ26HvkQzN8RrLse9edOth+oZJ80R\nPFE7webnlTvygx+dDToOAxE1IKXnvfSEFfv3rjzBEW+haSLlAaTND/ksmYA8e4UQ\nBSV7Dt8iY8go5piP6Xd1T1tFtbehD9vjhiUKUMHRREWHALyH073dVdVeq+rfcPpq\naMd08S8KTE88FlYiPMAC3GndowVB7mxSl+95p2yHH4eSeYZ6K2ubA95TRxMyo3z5\nEwIDAQAB\n-----END PUBLIC KEY-----\n',
    otherSecret:
      '-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA0MeoxICBhdGMTb044QQM\nMv0F9NFmYCM3bgB8VCzOVP4QEefRz+v6J+dwAmFmpHNt6ajEYHBcxTO/JP5RLpjI\nrmYVfR9MQekKkkbmvDBD4SRXNh2rqDvFqNgpGFqHQnzWFEGOSK+DXBWA8EGkfVkI\ndmf5Nqo9eOH36c/+gtPvULO6Rqdvg6ZeuL0/udDGGUAcKmHOXunJyBUJOim0YrVF\n/YGT9x5WZNM/uhX0PDShpy2ZJxChmVwso2CGpW/zyM4+F9WiUksNNrC/7a9cHVg8\nbv+Dia1o8Ti5jcINVMNmVWV1f0EWLSj4SOAFN9C9O9isQ+DRQqkugF23Lk1C49YR\nlQIDAQAB\n-----END PUBLIC KEY-----\n',
    request: {
      headers: {
        'x-sig':
          'oYOQCzgiofOD3eZRPFcsZEEKLv1Y1yHSM40t2i/eLY18CSJhPik6PW8hJwFyCwhTqiqYLhBa3S/9gs8oP+zXsDKMhLJTCrRY1gUpvkAXnKQ//3INuFY+/IBCanOvz/t/ehVz1g3SELQ72oa2ci60FHtZdRQKKggkaq8HiPz1sYruIgBWwfhM8xIY2oHOFQDkrQFk366oQNtt9U4BXa+MBqNtQ71pqlv3jY2NKG5lvJe7bEQ5K/JChHA4IqCV+v5r52E8G/07WS0PoRFrX4thrJgddbowdH7erNpz/BF5ZIiob6/7zOgds2zXo0jTuMIZEJz0YXy1f/Mkv/kOTToC4Q==',
      },
      body: '{"id":"42","name":"Zoë"}',
    },
    at: 1700000000,
    deliveryId: null,
    signature: 'header:x-sig',
  },
  {
    provider: 'custom: Ed25519',
    source: 'Python hmac, hashlib and cryptography',
    scheme: {
      kind: 'ed25519',
      key: {
        enc: 'raw-base64',
      },
      sig: {
        from: 'header:x-sig',
        enc: 'base64',
      },
    },
    secret: 'Yn84ZoHik/EhIiA+XXK2CrVnyM7xMDHHFQXjk9aHuGQ=',
    otherSecret: 'iIvw1lCVg+O3XXmaENHWR5VMPOPKM9JrQsSpE29r6+E=',
    request: {
      headers: {
        'x-sig': 'hjfhfmHmCwB+jEpi4nH0LgoU5gxkioNAODDVJa8OFNNDIMdpyvcMoZb0EltzPBT9YU1xdRKCLfoXRSbg77iWDQ==',
      },
      body: '{"id":"42","name":"Zoë"}',
    },
    at: 1700000000,
    deliveryId: null,
    signature: 'header:x-sig',
  },
  {
    provider: 'custom: Ed25519 by a key that is made of the secret',
    source: 'Python cryptography',
    scheme: {
      kind: 'ed25519',
      key: { enc: 'seed', strip: 'key_' },
      sig: { from: 'header:x-sig', enc: 'base64' },
    },
    secret: 'key_short',
    otherSecret: 'key_shorter',
    request: {
      headers: { 'x-sig': '3S63SWQGUf4cIty/SitJaleORspDyo0dYxBR5GtTt9Kt3/b4Wfkrz6uvXPzkgVH01W5pZ+4GfDQfzmqgenU9CA==' },
      body: '{"id":"42","name":"Zoë"}',
    },
    at: 1700000000,
    deliveryId: null,
    signature: 'header:x-sig',
  },
  {
    provider: 'custom: detached JWS',
    source: 'Python hmac, hashlib and cryptography',
    scheme: {
      kind: 'jws',
      algorithms: ['EdDSA'],
      sig: {
        from: 'header:x-sig',
      },
    },
    secret: {
      name: 'k1',
      value: '{"kty": "OKP", "crv": "Ed25519", "x": "Yn84ZoHik_EhIiA-XXK2CrVnyM7xMDHHFQXjk9aHuGQ", "kid": "k1"}',
    },
    otherSecret: '{"kty": "OKP", "crv": "Ed25519", "x": "iIvw1lCVg-O3XXmaENHWR5VMPOPKM9JrQsSpE29r6-E", "kid": "k1"}',
    request: {
      headers: {
        'x-sig':
          'eyJhbGciOiJFZERTQSIsImtpZCI6ImsxIn0..9fFDux0p6u_GUsdBNAB7IRyiFHb89CNEtCm_H_oG1oFciXkk9iiQgOuRyU4cvzSRNm5n8zbDcZaZPyVxYYI1Bw',
      },
      body: '{"id":"42","name":"Zoë"}',
    },
    at: 1700000000,
    deliveryId: null,
    signature: 'header:x-sig',
  },
  {
    provider: 'custom: detached JWS over the plain text',
    source: 'Python hmac, hashlib and cryptography',
    scheme: {
      kind: 'jws',
      algorithms: ['ES256', 'PS256'],
      sig: {
        from: 'header:x-sig',
      },
    },
    secret:
      '-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA2gMD1LjvkLhiCMVNBhGR\n+gzwPRKSKrgZfE41AcfrcbW0rXoPvhMeJNnCr+mBchhEJGbShNRp+PqQ3mO4AyTq\nYVa03alN6GV2flhGhJFUwg3sENf2yPBuHqmvZ26HvkQzN8RrLse9edOth+oZJ80R\nPFE7webnlTvygx+dDToOAxE1IKXnvfSEFfv3rjzBEW+haSLlAaTND/ksmYA8e4UQ\nBSV7Dt8iY8go5piP6Xd1T1tFtbehD9vjhiUKUMHRREWHALyH073dVdVeq+rfcPpq\naMd08S8KTE88FlYiPMAC3GndowVB7mxSl+95p2yHH4eSeYZ6K2ubA95TRxMyo3z5\nEwIDAQAB\n-----END PUBLIC KEY-----\n',
    otherSecret:
      '-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA0MeoxICBhdGMTb044QQM\nMv0F9NFmYCM3bgB8VCzOVP4QEefRz+v6J+dwAmFmpHNt6ajEYHBcxTO/JP5RLpjI\nrmYVfR9MQekKkkbmvDBD4SRXNh2rqDvFqNgpGFqHQnzWFEGOSK+DXBWA8EGkfVkI\ndmf5Nqo9eOH36c/+gtPvULO6Rqdvg6ZeuL0/udDGGUAcKmHOXunJyBUJOim0YrVF\n/YGT9x5WZNM/uhX0PDShpy2ZJxChmVwso2CGpW/zyM4+F9WiUksNNrC/7a9cHVg8\nbv+Dia1o8Ti5jcINVMNmVWV1f0EWLSj4SOAFN9C9O9isQ+DRQqkugF23Lk1C49YR\nlQIDAQAB\n-----END PUBLIC KEY-----\n',
    request: {
      headers: {
        'x-sig':
          'eyJhbGciOiJQUzI1NiIsImI2NCI6ZmFsc2UsImNyaXQiOlsiYjY0Il19..nEDFjvl6-d-64XJeMTgNJYA56-HcxyTM-jgCczU0xxDMoE2sMd3QHZM79sLSiuoPJbUDf8TQpB40NqzQFOwYrPztZtj7LOhGrM3FQ2xLe_AnqLftRDBm0XJD_suVbBmfxY4Cggx1br_LtrIHvVoJJhaZtkbwsDGzROSNVPZL7miCHGytxaVR9qOMSJO03EqcHM99UvAUNNwjVPbs4npf34re0EyDMpQGeocN3DBxOGw_4qkqzxpvp6tKwIuznzHtVwJkYlGQRkwSpte8uUn1rpM5KFTFimiBS2GET_2xuAutsztQVUiOodFc9nyBOsEy1v_IKgNLVLrQBZ2nwRaIFw',
      },
      body: '{"id":"42","name":"Zoë"}',
    },
    at: 1700000000,
    deliveryId: null,
    signature: 'header:x-sig',
  },
  {
    provider: 'custom: detached JWS with a shared secret',
    source: 'Python hmac, hashlib and cryptography',
    scheme: {
      kind: 'jws',
      algorithms: ['HS256'],
      sig: {
        from: 'header:x-sig',
      },
    },
    secret: 'custom-secret-1',
    otherSecret: 'custom-secret-2',
    request: {
      headers: {
        'x-sig': 'eyJhbGciOiJIUzI1NiJ9..Y7XuffVv5CusGBf1vCGG5JenXPywy3pNn6CGFF35Onc',
      },
      body: '{"id":"42","name":"Zoë"}',
    },
    at: 1700000000,
    deliveryId: null,
    signature: 'header:x-sig',
  },
];
