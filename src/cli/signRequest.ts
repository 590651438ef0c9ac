import {
  constants,
  createHash,
  createHmac,
  createSign,
  randomBytes,
  sign as signBytes,
  type KeyObject,
} from 'node:crypto';
import type { SignatureScheme, Source } from '../common/presets';
import { sharedKey } from '../server/verifiers/schemeKeys';
import { Sources } from '../server/verifiers/Sources';
import { contentTemplates, renderContent, type Content } from '../server/verifiers/template';
import type { VerifyRequest } from '../server/verifiers/types';
import { UsageError } from './io';
import { place } from './place';

export interface Signer {
  /** Shared by both sides; empty where `privateKey` signs. */
  secret: string;
  privateKey?: KeyObject;
  /** Unix seconds. */
  now: number;
}

const PLACEHOLDER = /\{(?:sorted:)?([^{}]+)\}/g;

/**
 * The request with what the scheme wants to see in it: the signed time, ids that are signed, and the signature. The
 * signed text and the key are the verifier's own.
 */
export function signRequest(scheme: SignatureScheme, request: VerifyRequest, signer: Signer): VerifyRequest {
  const { sig, ts, kind } = scheme;
  const [target] = [sig.from].flat();
  if (target === undefined) {
    throw new UsageError('The settings do not say where the signature stands.');
  }
  if (kind === 'token') {
    return place(request, target, `${sig.strip ?? ''}${signer.secret}`);
  }
  const time = ts ? String(ts.unit === 'ms' ? signer.now * 1000 : signer.now) : null;
  const timed = ts && time !== null && !ts.from.startsWith('sig:') ? place(request, ts.from as Source, time) : request;
  const [template = '{body}'] = contentTemplates(scheme);
  const whole = withMissing(withKeyName(timed, scheme), template);
  const content = renderContent(template, { sources: new Sources(whole, {}), ts: time, secret: signer.secret });
  if ('ok' in content) {
    throw new UsageError(content.reason);
  }
  const signature = `${sig.prefix ?? ''}${digest(scheme, content, signer).toString(sig.enc ?? 'hex')}`;
  const beside = ts?.from.startsWith('sig:') ? `${ts.from.slice('sig:'.length)}${time}${sig.split ?? ','}` : '';
  return place(whole, target, `${beside}${signature}`);
}

function digest({ kind, alg = 'sha256', key }: SignatureScheme, content: Content, signer: Signer): Buffer {
  const message = Buffer.concat(content.map((piece) => Buffer.from(piece)));
  if (kind === 'hash') {
    return createHash(alg).update(message).digest();
  }
  if (kind === 'hmac') {
    const bytes = sharedKey(signer.secret, key);
    if (!bytes) {
      throw new UsageError(`The secret is no key as this scheme wants it: ${key?.enc ?? 'text'}.`);
    }
    return createHmac(alg, bytes).update(message).digest();
  }
  if (!signer.privateKey) {
    throw new UsageError('This provider signs with a private key of its own; give one with --private-key key.pem.');
  }
  return kind === 'ed25519'
    ? signBytes(null, message, signer.privateKey)
    : createSign(alg).update(message).sign({ key: signer.privateKey, padding: constants.RSA_PKCS1_PADDING });
}

/** Ids, nonces and the like that are signed, unless the caller gave them. */
function withMissing(request: VerifyRequest, template: string): VerifyRequest {
  const names = [...template.matchAll(PLACEHOLDER)].flatMap(([, name = '']) => name.split(','));
  return names
    .filter((name): name is Source => /^(header|query|json):/.test(name))
    .reduce(
      (made, source) =>
        new Sources(made, {}).all(source).length > 0 ? made : place(made, source, randomBytes(12).toString('hex')),
      request,
    );
}

function withKeyName(request: VerifyRequest, { key }: SignatureScheme): VerifyRequest {
  return key?.idFrom && new Sources(request, {}).all(key.idFrom).length === 0
    ? place(request, key.idFrom, 'local-key')
    : request;
}
