import type { ReasonEntry } from '../entry';

/** Why a call was not verified, by what its service prescribes, or by how the webhook is set up for it. */
export const SERVICE_REASONS = {
  MESSAGE_MALFORMED: {
    topic: 'service',
    text: 'The body is no message of this service: {{expected}} is missing or malformed.',
    values: { expected: 'text' },
  },
  MESSAGE_NOT_OPENED: {
    topic: 'service',
    text: 'The message does not open with "{{key}}" as it is set here.',
    values: { key: 'text' },
  },
  MESSAGE_NOT_SIGNED: {
    topic: 'service',
    text: '{{place}} is missing: at the service, set the key that it is made with.',
    values: { place: 'place' },
  },
  RAW_MESSAGE: {
    topic: 'service',
    text: 'The body is not a JSON object. Raw message delivery carries no signature and must be off.',
  },
  OTHER_RECIPIENT: {
    topic: 'service',
    text: 'The message is for "{{recipient}}", which is not set here.',
    values: { recipient: 'text' },
  },
  SERVICE_KEY_REFUSED: {
    topic: 'service',
    text: 'The certificate that the service names is not used: {{detail}}',
    details: {
      host: "it is not on one of the service's own hosts.",
      validity: 'it is not in force, or not one of the messages of this service.',
    },
  },
  SUBSCRIPTION_NOT_CONFIRMED: {
    topic: 'service',
    text: "The subscription can't be confirmed: {{error}}",
    values: { error: 'text' },
  },
  VALUE_MISMATCH: {
    topic: 'service',
    text: '{{place}} is not what is set here.',
    values: { place: 'place' },
  },
  CHALLENGE_NOT_ENCRYPTED: {
    topic: 'service',
    text: 'The URL challenge is not encrypted: set the Verification Token here, or the Encrypt Key at the service first.',
  },
  CHALLENGE_UNFIT: {
    topic: 'service',
    text: "{{place}} is no challenge: too long, or not a plain word, so that it can't be given back.",
    values: { place: 'place' },
  },
  CAPTURED_SECRET_UNFIT: { topic: 'service', text: 'What was handed over can not be a secret.' },
  SETTING_NOT_SET: {
    topic: 'service',
    text: 'The setting "{{setting}}" is not set.',
    values: { setting: 'text' },
  },
  SETTINGS_UNUSABLE: {
    topic: 'service',
    text: 'It is set up so that nothing can be verified: {{detail}}',
    details: {
      method: 'there is no such way to verify, or no such service.',
      signature: 'where the signature is, or its algorithm, is not set.',
      signedText: 'the signed text holds something that is no part of a call, or nothing of it.',
      signedTextLength: 'the signed text holds the body, or what is in it, more often than any scheme does.',
      signedTime: 'the signed text has a time in it, but where to find it is not set.',
      signedHeaders: 'the signed text has headers in it, but which ones is not set.',
      tolerance: 'the clock tolerance is not a number of seconds.',
      tokenPlace: 'whether the token is in a header, in the query or in the body is not set.',
      userName: 'the user name refers to nothing, or holds a colon, which none of HTTP Basic can.',
      answer: 'the answer to the URL challenge holds more than any challenge is.',
      answerOfSecret: 'the answer to the URL challenge is a digest of the secret alone, by which it could be guessed.',
      keys: 'the key is missing, or is not written as the service has it.',
      work: 'it asks for more work than one call is given: fewer secrets, texts or lists.',
      pairs: 'the request has more signatures than can be tried with as many keys as are set here.',
      unexpected: 'something unexpected went wrong while verifying.',
    },
  },
} as const satisfies Record<string, ReasonEntry>;
