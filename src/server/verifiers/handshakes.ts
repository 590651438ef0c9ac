import { createHmac } from 'node:crypto';
import type { Handshake, SignatureScheme, Source } from '../../common/presets';
import { equalText } from './compare';
import { refuse } from './providers/fields';
import type { ResolvedSecrets } from './resolveSecrets';
import { describeSource, type Sources } from './Sources';
import type { NotVerified, ProviderReply, ResolvedSecret, VerifyResult } from './types';

/** Longest text that is given back to who sent it, in characters. */
const MAX_ECHO = 4096;

const ECHO = /\{(hmac-hex:)?((?:header|query|json):[^{}]+)\}/g;

/** What may stand in a header's value, RFC 9110 section 5.5; above all no line break. */
const HEADER_TEXT = /^[\t\x20-\x7e]*$/;

/** Answers a challenge that is not proven by the signature; null: the request is none. */
export function answerUnsigned(
  { handshake = [] }: SignatureScheme,
  sources: Sources,
  secrets: ResolvedSecrets,
): VerifyResult | null {
  for (const challenge of handshake) {
    const { auth } = challenge;
    // What has expired or can't be read was set all the same: nobody may put another in its place.
    if (auth === 'signature' || (auth === 'if-no-secret' && secrets.anySet) || !applies(challenge, sources)) {
      continue;
    }
    return (typeof auth === 'object' ? checkSetting(auth, sources) : null) ?? answer(challenge, sources, null);
  }
  return null;
}

/** Answers a challenge whose signature has been verified; null: the request is none. */
export function answerSigned(
  { handshake = [] }: SignatureScheme,
  sources: Sources,
  secret: ResolvedSecret,
): VerifyResult | null {
  const challenge = handshake.find((candidate) => candidate.auth === 'signature' && applies(candidate, sources));
  return challenge ? answer(challenge, sources, secret) : null;
}

/** Whether a request is this challenge. */
export function applies({ when }: Pick<Handshake, 'when'>, sources: Sources): boolean {
  return Object.entries(when).every(([key, expected]) => {
    if (key === 'method') {
      return sources.request.method === expected;
    }
    const values = sources.raw(key === 'has' ? String(expected) : key);
    return key === 'has' ? values.length > 0 : values.length === 1 && values[0] === expected;
  });
}

/** Refuses unless the value in the request is the one, or one of those, of the setting. */
function checkSetting({ from, equals, list }: { from: Source; equals: Source; list?: boolean }, sources: Sources) {
  const value = sources.one(from);
  if (typeof value !== 'string') {
    return value;
  }
  const allowed = sources
    .all(equals)
    .flatMap((text) => (list ? (text ?? '').split(/[\s,]+/) : [text ?? '']))
    .filter((text) => text !== '');
  if (allowed.length === 0) {
    return refuse(`${describeSource(equals)} is not set, so the URL challenge can't be answered.`);
  }
  return allowed.filter((text) => equalText(text, value)).length > 0
    ? null
    : refuse(`${describeSource(from)} is not what is set here as "${equals.slice('config:'.length)}".`);
}

function answer(challenge: Handshake, sources: Sources, secret: ResolvedSecret | null): VerifyResult {
  const captured = challenge.capture ? sources.one(challenge.capture.secret) : undefined;
  if (typeof captured === 'object') {
    return captured;
  }
  const reply = render(challenge, sources, secret);
  if ('ok' in reply) {
    return reply;
  }
  const handshake = { kind: challenge.kind, ...reply, ...(captured !== undefined && { captureSecret: captured }) };
  return { ok: true, secretName: secret?.name ?? null, deliveryId: null, handshake };
}

function render({ reply }: Handshake, sources: Sources, secret: ResolvedSecret | null): ProviderReply | NotVerified {
  const headers: Record<string, string> = {};
  for (const [name, template] of Object.entries(reply.headers ?? {})) {
    const value = fill(template, sources, secret, 'header');
    if (typeof value === 'string') {
      headers[name] = value;
    } else if (value.isMalformed) {
      return refuse(value.reason);
    }
  }
  const body = reply.body === undefined ? undefined : fill(reply.body, sources, secret, reply.type ?? 'text/plain');
  if (typeof body === 'object') {
    return refuse(body.reason);
  }
  return {
    status: reply.status,
    ...(reply.type && { contentType: reply.type }),
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(body !== undefined && { body }),
  };
}

interface Unfilled {
  reason: string;
  /** The value is there, but can't be given back. */
  isMalformed: boolean;
}

function fill(template: string, sources: Sources, secret: ResolvedSecret | null, place: string): string | Unfilled {
  let problem: Unfilled | undefined;
  const text = template.replace(ECHO, (_match, hmac: string | undefined, source: string) => {
    const value = sources.one(source);
    if (typeof value !== 'string') {
      problem ??= { reason: value.reason, isMalformed: sources.all(source).length > 0 };
      return '';
    }
    if (value.length > MAX_ECHO || (place === 'header' && !HEADER_TEXT.test(value))) {
      problem ??= {
        reason: `${describeSource(source)} can't be given back: too long, or not text.`,
        isMalformed: true,
      };
      return '';
    }
    const shown = hmac
      ? createHmac('sha256', secret?.value ?? '')
          .update(value)
          .digest('hex')
      : value;
    return place === 'application/json' ? JSON.stringify(shown).slice(1, -1) : shown;
  });
  return problem ?? text;
}
