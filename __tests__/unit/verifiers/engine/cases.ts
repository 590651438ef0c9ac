import type { VerifyInput } from '../../../../src/server/verifiers/types';
import {
  challengeInput,
  changed,
  toInput,
  toRequest,
  valueAt,
  withRequest,
  withSecrets,
  withValueAt,
} from './requests';
import { signedWith } from './vectors/blank';
import { FORGED } from './vectors/forged';
import { CHALLENGES, CUSTOM_VECTORS, VECTORS, type Challenge, type Vector } from './vectors';

/** One thing that holds for a scheme. */
export interface Case {
  name: string;
  input: VerifyInput;
  /** The whole result, or null: refused. */
  expected: Record<string, unknown> | null;
}

/** What holds for every scheme, as cases over every vector and challenge. */
export const CASES: readonly Case[] = [
  ...[...VECTORS, ...CUSTOM_VECTORS].flatMap((vector) =>
    vectorCases(vector).map((row) => ({ ...row, name: `${vector.provider}: ${row.name}` })),
  ),
  ...CHALLENGES.flatMap(challengeCases),
  ...FORGED.map(({ name, provider, secret, request, at }) => ({
    name: `${provider}: refuses ${name}`,
    input: toInput({ provider, secret, request, at }),
    expected: null,
  })),
  ...['', ' '].flatMap((blank) =>
    signedWith(blank).map(({ path, input }) => ({ name: blankCase(path, blank), input, expected: null })),
  ),
];

/** Name of the case in which a request is signed with a blank secret that is set. */
export function blankCase(path: string, blank: string): string {
  return `${path}: refuses what is signed with the secret "${blank}"`;
}

function vectorCases(vector: Vector): Case[] {
  const input = toInput(vector);
  const { secret, otherSecret, at, tolerance } = vector;
  const accepted = {
    ok: true,
    secretName: vector.signer ?? (typeof secret === 'string' ? null : secret.name),
    deliveryId: vector.deliveryId,
    ...(vector.plaintext && {
      plaintext: { body: Buffer.from(vector.plaintext), contentType: vector.plaintextType ?? 'application/json' },
    }),
  };
  const refuse = (name: string, given: VerifyInput): Case => ({
    name: `refuses ${name}`,
    input: given,
    expected: null,
  });
  const accept = (name: string, given: VerifyInput, reply = vector.reply): Case => ({
    name: `accepts ${name}`,
    input: given,
    expected: reply ? { ...accepted, reply } : accepted,
  });
  return [
    accept('its vector', input),
    ...(vector.hasNoSecret
      ? []
      : [
          accept('it beside another secret', withSecrets(input, [otherSecret, secret])),
          accept('it beside an empty secret', withSecrets(input, ['', secret])),
          refuse('another secret', withSecrets(input, [otherSecret])),
          refuse('an empty secret', withSecrets(input, [''])),
          refuse('no secret', withSecrets(input, [])),
          refuse('a secret that is still sealed', withSecrets(input, [{ ...named(secret), sealed: 'abcd' }])),
          refuse(
            'an expired secret',
            withSecrets(input, [{ ...named(secret), value: text(secret), expiresAt: iso(at) }]),
          ),
        ]),
    ...(vector.signsBody === false
      ? []
      : [
          refuse('a changed byte', withRequest(input, { rawBody: Buffer.from(changed(vector.request.body || ' ')) })),
          refuse('a byte more', withRequest(input, { rawBody: Buffer.from(`${vector.request.body ?? ''}\n`) })),
        ]),
    ...(vector.signed ?? []).flatMap((place) => signedCases(input, place).map((row) => refuse(row.name, row.input))),
    ...signatureCases(vector, input).map((row) => refuse(row.name, row.input)),
    ...(tolerance === undefined
      ? [
          ...(vector.expires
            ? []
            : [
                accept(
                  'it a year later, as nothing says when it ends',
                  { ...input, now: at + 31_536_000 },
                  vector.replyAYearLater,
                ),
              ]),
        ]
      : [
          accept('the oldest time it may have', { ...input, now: at + tolerance }),
          accept('a clock that is behind', { ...input, now: at - tolerance }),
          refuse('what is too old', { ...input, now: at + tolerance + 1 }),
          refuse('what is too far in the future', { ...input, now: at - tolerance - 1 }),
          accept('what is old, by a wider tolerance', widened(input, tolerance + 10, at + tolerance + 10)),
          refuse('what is too old by a narrower tolerance', widened(input, 2, at + 3)),
          accept('any time where the check is switched off', widened(input, 0, at + 31_536_000)),
        ]),
  ];
}

function signedCases(input: VerifyInput, place: string): { name: string; input: VerifyInput }[] {
  if (place === 'url') {
    return [{ name: 'another URL', input: withValueAt(input, place, `${input.request.url}x`) }];
  }
  if (place === 'method') {
    return [{ name: 'another method', input: withValueAt(input, place, 'PUT') }];
  }
  const value = valueAt(input, place);
  return [
    { name: `a changed ${place}`, input: withValueAt(input, place, changed(value, value.length - 1)) },
    { name: `no ${place}`, input: withValueAt(input, place, null) },
    { name: `an empty ${place}`, input: withValueAt(input, place, '') },
    { name: `${place} twice`, input: withValueAt(input, place, [value, value]) },
  ];
}

function signatureCases(vector: Vector, input: VerifyInput): { name: string; input: VerifyInput }[] {
  const { signature: place, isList, isToken } = vector;
  const value = valueAt(input, place);
  const at = (name: string, other: string | string[] | null) => ({ name, input: withValueAt(input, place, other) });
  return [
    at('no signature', null),
    at('an empty signature', ''),
    at('the signature twice', [value, value]),
    ...(isList ? [] : [at('the signature twice in one', `${value}, ${value}`)]),
    at(
      'a changed signature',
      withLastOf(value, (last) => changed(last, last.length - 6)),
    ),
    at(
      'a signature cut short',
      withLastOf(value, (last) => last.slice(0, -4)),
    ),
    ...(isToken
      ? []
      : [
          at(
            'a signature that is longer',
            withLastOf(value, (last) => `${last}00`),
          ),
        ]),
    at(
      'what is no signature',
      withLastOf(value, (last) => '!'.repeat(last.length)),
    ),
    at(
      'text that is not ASCII',
      withLastOf(value, (last) => 'ü'.repeat(last.length)),
    ),
  ];
}

/** Changes what follows the last `=` before a value or `,` of a list: every signature in it that could match. */
function withLastOf(value: string, change: (signature: string) => string): string {
  return value.replace(/[A-Za-z0-9+/_-]{8,}={0,2}/g, (word) => (/^\d{10,13}$/.test(word) ? word : change(word)));
}

function challengeCases(challenge: Challenge): Case[] {
  const input = challengeInput(challenge);
  const { provider, broken, reply, secrets, name } = challenge;
  const [first] = secrets;
  const isSigned = first !== undefined && broken !== undefined;
  const secretName = isSigned && typeof first === 'object' ? (first.name ?? null) : null;
  const accepted = { ok: true, secretName, deliveryId: null, handshake: reply };
  return [
    { name: `${name}: answers the challenge`, input, expected: accepted },
    ...(broken
      ? [
          {
            name: `${name}: refuses a challenge that isn't proven`,
            input: withRequest(input, toRequest(broken)),
            expected: null,
          },
        ]
      : [{ name: `${name}: answers it without a secret`, input: withSecrets(input, []), expected: accepted }]),
    ...(isSigned
      ? [{ name: `${name}: refuses a challenge without a secret`, input: withSecrets(input, []), expected: null }]
      : []),
    ...(challenge.options && provider !== 'wechatpay'
      ? [
          {
            name: `${name}: refuses a challenge while the setting is missing`,
            input: withoutOptions(input),
            expected: null,
          },
        ]
      : []),
    ...(reply.captureSecret
      ? ['a', { value: '{{$env.GONE}}' }, { sealed: 'abcd' }, { value: 'old', expiresAt: '2001-01-01' }].map(
          (secret, index) => ({
            name: `${name}: hands over no secret while one is set (${index + 1})`,
            input: withSecrets(input, [secret]),
            expected: null,
          }),
        )
      : []),
  ];
}

function withoutOptions(input: VerifyInput): VerifyInput {
  return { ...input, auth: { ...input.auth, options: {} } as VerifyInput['auth'] };
}

function widened(input: VerifyInput, tolerance: number, now: number): VerifyInput {
  const { auth } = input;
  const changedAuth =
    auth.type === 'signature' ? { ...auth, ts: { ...auth.ts, tol: tolerance } } : { ...auth, tolerance };
  return { ...input, now, auth: changedAuth as VerifyInput['auth'] };
}

function named(secret: Vector['secret']): { name?: string } {
  return typeof secret === 'string' ? {} : { name: secret.name };
}

function text(secret: Vector['secret']): string {
  return typeof secret === 'string' ? secret : (secret.value ?? '');
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
