import { isKnownByBody } from '../../src/common/coverage';
import { idSources } from '../../src/common/idPlaces';
import type { Coverage, Handshake, IdPlace, SignatureScheme } from '../../src/common/presets';
import type { Provider } from '../../src/common/providers/provider';
import { timeUnit } from '../../src/common/timeUnits';

/** How a provider proves that it calls: rows of a table. */
export function signingRows(scheme: SignatureScheme): [what: string, how: string][] {
  const { kind, sig, ts, key } = scheme;
  const isToken = kind === 'token';
  const rows: [string, string | null][] = [
    [isToken ? 'Where the secret is' : 'Where the signature is', places(sig.from)],
    ['Written as', isToken ? stripped(sig.strip) : written(scheme)],
    ['Signed text', isToken ? 'Nothing is signed: the secret itself is sent.' : content(scheme)],
    ['Algorithm', isToken ? null : algorithm(scheme)],
    ['Key', isToken ? null : keyText(key)],
    ['Time', ts ? time(ts) : isToken ? null : 'None is signed: the delivery id guards against repeats.'],
    ['Every item must match', sig.all ? 'Yes: a call with one item that does not is refused as a whole.' : null],
    ['Decrypted', scheme.decrypt ? `${place(scheme.decrypt.ciphertext)}, AES-256-GCM` : null],
  ];
  return rows.filter((row): row is [string, string] => row[1] !== null);
}

/** Where what the provider calls its delivery stands, in words. */
export function deliveryIdText(provider: Provider): string {
  const { id } = provider.scheme ?? {};
  const known = [...(id ?? []).map(idText), ...(isKnownByBody(provider) ? ['the whole body'] : [])];
  return known.length > 0
    ? `A repeat is known by ${known.join(', else ')}, unless the webhook names another key.`
    : 'It gives its deliveries no id: choose a key under *Delivery* in the panel if repeats must be known.';
}

/** What of a call is proven and what isn't: a row of a table. */
export function coverageRow({ body, url, tolerance }: Coverage): [what: string, how: string] {
  const bodies: Record<Coverage['body'], string> = {
    whole: 'the body',
    part: 'the fields of the body that are named above, and no others',
    checksum: 'a checksum of the body',
    none: '',
  };
  const covered = [bodies[body], url && 'the URL with its query', tolerance !== null && 'the time'].filter(Boolean);
  const open = [
    body === 'none' && '**the body**',
    !url && 'the query',
    'headers, other than those in the signed text',
  ].filter(Boolean);
  const late = tolerance === null ? 'at any time' : `for ${tolerance} s`;
  const replay =
    body === 'whole'
      ? `Whoever has seen a call can send the same one again ${late}.`
      : `Whoever has seen a call can change the rest and send it again ${late}.`;
  return ['Covered', `${covered.join(', ') || 'nothing of the call'}. Not covered: ${open.join(', ')}. ${replay}`];
}

function idText(id: IdPlace): string {
  const names = idSources(id).map(place);
  return names.length === 1 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)} together`;
}

/** What a URL challenge is and what proves it, a sentence each. */
export function handshakeText(handshake: Handshake): string {
  const { kind, auth, when, capture, reply } = handshake;
  const method = typeof when.method === 'string' ? `, by \`${when.method}\`` : '';
  const answered = reply.body === undefined ? `${reply.status}` : `${reply.status} and ${code(reply.body)}`;
  const proofs: Record<string, string> = {
    signature: 'It has to be signed.',
    none: 'Anybody may ask; nothing but what was asked is given back.',
    'if-no-secret': 'It is taken only while no secret is set or confirmed here.',
  };
  const proof =
    typeof auth === 'string'
      ? proofs[auth]
      : `${capital(place(auth.from))} has to be what is set as ${place(auth.equals)}.`;
  const captured = capture
    ? ` It brings the secret, in ${place(capture.secret)}: the panel shows it for a day, with when and from which address it came. No call is verified by it until you confirm it there.`
    : '';
  return `\`${kind}\`${method}: answered with ${answered}. ${proof}${captured}`;
}

function algorithm({ kind, alg = 'sha256' }: SignatureScheme): string {
  const hash = alg.toUpperCase().replace('SHA', 'SHA-');
  const names: Record<string, string> = {
    hmac: `HMAC with ${hash}`,
    hash: `${hash} over a text that the secret is part of`,
    ed25519: 'Ed25519',
    ecdsa: `ECDSA with ${hash}, signature in DER`,
    rsa: `RSA (PKCS #1 v1.5) with ${hash}`,
  };
  return names[kind] ?? kind;
}

function content(scheme: SignatureScheme): string {
  return [scheme.content ?? '{body}', ...(scheme.alternatives ?? [])].map(code).join(', or ');
}

function written({ sig }: SignatureScheme): string {
  const { enc = 'hex', prefix, split } = sig;
  return [enc, prefix && `behind ${code(prefix)}`, split && `in a list with ${code(split)} between`]
    .filter(Boolean)
    .join(', ');
}

function stripped(strip: string | undefined): string {
  return strip ? `as it is, behind ${code(strip.trim())} or alone` : 'as it is';
}

function keyText(key: SignatureScheme['key']): string {
  const { enc = 'utf8', strip, idFrom } = key ?? {};
  const forms: Record<string, string> = {
    utf8: 'the secret as it is, in UTF-8',
    base64: 'the bytes that the secret is base64 of',
    hex: 'the bytes that the secret is hex of',
    pem: 'a public key or certificate in PEM',
    'spki-base64': 'a public key (SPKI) in base64',
    'raw-hex': 'a raw public key in hex',
    'raw-base64': 'a raw public key in base64',
  };
  const front = strip ? `, ${code(strip)} in front left out` : '';
  return `${forms[enc]}${front}${idFrom ? `; ${place(idFrom)} names it` : ''}`;
}

function time({ from, unit = 's', tol }: NonNullable<SignatureScheme['ts']>): string {
  const at = from.startsWith('sig:') ? `beside the signature, behind ${code(from.slice('sig:'.length))}` : place(from);
  const inUnit = timeUnit(unit).label;
  return tol === 0
    ? `${at}, in ${inUnit}; signed, but not compared with the clock`
    : `${at}, in ${inUnit}; may be ${tol} s off, either way`;
}

function places(from: SignatureScheme['sig']['from']): string {
  return [from].flat().map(place).join(' or ');
}

/** A source in words. */
function place(source: string): string {
  const colon = source.indexOf(':');
  const kinds: Record<string, string> = {
    header: 'the header',
    query: 'the query parameter',
    json: 'the JSON field',
    xml: 'the XML element',
    config: 'the setting',
  };
  return `${kinds[source.slice(0, colon)] ?? ''} ${code(source.slice(colon + 1))}`;
}

function code(text: string): string {
  return `\`${text.replaceAll('\n', '\\n')}\``;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
