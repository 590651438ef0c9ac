import { coverageOf } from '../../src/common/coverage';
import { idSources, looselyJoined } from '../../src/common/idPlaces';
import type { Coverage, Handshake, HashAlgorithm, IdPlace, SignatureScheme } from '../../src/common/presets';
import type { JwtScheme, Provider } from '../../src/common/providers/provider';
import { isDeliveryIdSigned } from '../../src/common/signedId';
import { timeUnit } from '../../src/common/timeUnits';

/** How a provider proves that it calls: rows of a table. */
export function signingRows(scheme: SignatureScheme): [what: string, how: string][] {
  const { kind, sig, ts, key } = scheme;
  const isToken = kind === 'token';
  const rows: [string, string | null][] = [
    [isToken ? 'Where the secret is' : 'Where the signature is', places(sig.from)],
    ['Written as', isToken ? stripped(sig.strip) : written(scheme)],
    ['Signed text', isToken ? 'Nothing is signed: the secret itself is sent.' : content(scheme)],
    ['Headers', scheme.headers ? headersText(scheme.headers) : null],
    ['Algorithm', isToken ? null : algorithm(scheme)],
    ['Key', isToken ? null : keyText(key)],
    ['Time', ts ? time(ts) : isToken ? null : 'None is signed.'],
    ['Every item must match', sig.all ? 'Yes: a call with one item that does not is refused as a whole.' : null],
    ['Answer', answerText(scheme)],
    ['Decrypted', scheme.decrypt ? `${place(scheme.decrypt.ciphertext)}, AES-256-GCM` : null],
  ];
  return rows.filter((row): row is [string, string] => row[1] !== null);
}

/** What its calls are answered with, in place of what is configured; null: they aren't. */
function answerText({ answer = [] }: SignatureScheme): string | null {
  const bodies = [answer].flat().map(({ body }) => code(body));
  return bodies.length === 0 ? null : `${[...new Set(bodies)].join(', or ')}, whatever is configured here`;
}

/** The rows of a provider that sends a JSON Web Token. */
export function tokenRows(jwt: JwtScheme): [what: string, how: string][] {
  const { algorithms, jwksUrl, issuer, audience, claims = {}, bodyHash, maxAge } = jwt;
  const wanted = { iss: issuer, aud: audience, ...claims };
  const claimTexts = Object.entries(wanted).flatMap(([name, value]) =>
    value === undefined ? [] : [`${code(name)}: ${[value].flat().map(setting).join(' or ')}`],
  );
  const rows: [string, string | null][] = [
    ['Where the signature is', `a JSON Web Token in ${tokenPlace(jwt)}`],
    ['Algorithm', algorithms.join(', ')],
    ['Key', jwksUrl ? `fetched from ${setting(jwksUrl)}` : null],
    ['Claims', claimTexts.join('; ') || null],
    [
      'Body',
      bodyHash ? `${code(bodyHash.claim)} has to be its ${hashName(bodyHash.alg)}, ${bodyHash.enc ?? 'hex'}` : null,
    ],
    ['Time', maxAge ? `issued at most ${maxAge} s ago (${code('iat')})` : 'by `exp`, where the token has one'],
  ];
  return rows.filter((row): row is [string, string] => row[1] !== null);
}

/** The rows of a provider that sends user name and password. */
export const BASIC_ROWS: [what: string, how: string][] = [
  ['Where the secret is', 'the header `authorization`, as user name and password (HTTP Basic)'],
  ['Signed text', 'Nothing is signed: the secret itself is sent.'],
];

function tokenPlace({ in: where = 'header', name, scheme }: JwtScheme): string {
  const word = scheme ?? (name ? '' : 'Bearer');
  return `${place(`${where}:${name ?? (where === 'query' ? 'token' : 'authorization')}`)}${word && `, behind ${code(word)}`}`;
}

function setting(text: string): string {
  return text.startsWith('config:') ? `what is set as ${code(text.slice('config:'.length))}` : code(text);
}

/** Where what the provider calls its delivery stands, in words. */
export function deliveryIdText(provider: Provider): string {
  const { id } = provider.scheme ?? provider.jwt ?? {};
  const known = (id ?? []).map(idText);
  if (known.length === 0) {
    return coverageOf(provider).body === 'whole'
      ? 'Two events can be the same to the byte here, and nothing that is signed tells them apart: none is taken for a repeat. Choose a key under *When to start* in the panel if repeats must be known.'
      : 'It gives its deliveries no id: choose a key under *When to start* in the panel if repeats must be known.';
  }
  const rest = id?.includes('signed') ? '' : ' Where none of this is there, nothing is taken for a repeat.';
  return `A repeat is known by ${known.join(', else ')}, unless the webhook names another key.${rest} ${forWhom(provider)}`;
}

const MOVED =
  ' The fields are signed with nothing between them, so that characters can be moved between a name and its value; such a copy is known too, however it is encoded. A field that is there twice, without a name, or with a bracket in its name is refused.';

/** Whose repeats an id tells: that is one fact, whether the id is signed. */
function forWhom(provider: Provider): string {
  return isDeliveryIdSigned({ type: 'provider', provider: provider.id, secrets: [] })
    ? `It is signed: a copy of a call that a stranger sends is known by it too.${provider.scheme && looselyJoined(provider.scheme).length > 0 ? MOVED : ''}`
    : 'It is not signed: it tells the provider’s own repeats, and not those of a stranger who has seen a call and gives it another one.';
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
      : `${capital(place(auth.from))} has to be ${auth.equals === 'secret' ? 'a secret' : `what is set as ${place(auth.equals)}`}.`;
  const captured = capture
    ? ` It brings the secret, in ${place(capture.secret)}: the panel shows it for a day, with when and from which address it came. No call is verified by it until you confirm it there.`
    : '';
  return `\`${kind}\`${method}: answered with ${answered}. ${proof}${captured}`;
}

function hashName(alg: HashAlgorithm = 'sha256'): string {
  return alg.toUpperCase().replace('SHA', 'SHA-');
}

function algorithm({ kind, alg = 'sha256', form, padding, algorithms = [] }: SignatureScheme): string {
  const hash = hashName(alg);
  const names: Record<string, string> = {
    hmac: `HMAC with ${hash}`,
    hash: `${hash} over a text that the secret is part of`,
    ed25519: 'Ed25519',
    ecdsa: `ECDSA with ${hash}, signature ${form === 'p1363' ? 'as two numbers side by side' : 'in DER'}`,
    rsa: `RSA (${padding === 'pss' ? 'PSS' : 'PKCS #1 v1.5'}) with ${hash}`,
    jws: `detached JWS: ${algorithms.join(', ')}`,
  };
  return names[kind] ?? kind;
}

function content(scheme: SignatureScheme): string {
  return [scheme.content ?? '{body}', ...(scheme.alternatives ?? [])].map(code).join(', or ');
}

function written({ sig }: SignatureScheme): string {
  const { enc = 'hex', prefix, split, item, parts } = sig;
  return [
    enc,
    prefix && `behind ${code(prefix)}`,
    split && `in a list with ${code(split)} between`,
    item && `the item at position ${item}`,
    parts && `part ${parts.sig} of an item, with ${code(parts.by)} between`,
    parts?.key && `part ${parts.key} names the secret`,
  ]
    .filter(Boolean)
    .join(', ');
}

function stripped(strip: string | undefined): string {
  return strip ? `as it is, behind ${code(strip.trim())} or alone` : 'as it is';
}

function headersText({ names, required = [] }: NonNullable<SignatureScheme['headers']>): string {
  return Array.isArray(names)
    ? names.map(code).join(', ')
    : `those that ${place(names)} lists; ${[names.slice('header:'.length), ...required].map(code).join(' and ')} among them`;
}

function keyText(key: SignatureScheme['key']): string {
  const { enc = 'utf8', strip, idFrom, hash, url } = key ?? {};
  const forms: Record<string, string> = {
    utf8: 'the secret as it is, in UTF-8',
    base64: 'the bytes that the secret is base64 of',
    hex: 'the bytes that the secret is hex of',
    pem: 'a public key or certificate in PEM',
    'spki-base64': 'a public key (SPKI) in base64',
    'raw-hex': 'a raw public key in hex',
    'raw-base64': 'a raw public key in base64',
    seed: 'made of the secret: its bytes, repeated until they are 32, are the private key',
  };
  const front = strip ? `, ${code(strip)} in front left out` : '';
  const digest = hash ? `, of which the key is the ${hashName(hash)}` : '';
  const fetched = url ? `; fetched from ${setting(url)}` : '';
  return `${forms[enc]}${front}${digest}${fetched}${idFrom ? `; ${place(idFrom)} names it` : ''}`;
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
export function place(source: string): string {
  if (source === 'body' || source === 'signed') {
    return source === 'body' ? 'the whole body' : 'all that is signed';
  }
  const colon = source.indexOf(':');
  const kinds: Record<string, string> = {
    header: 'the header',
    query: 'the query parameter',
    json: 'the JSON field',
    xml: 'the XML element',
    form: 'the form field',
    'form-json': 'the JSON in the form, at',
    path: 'the part of the path',
    config: 'the setting',
  };
  return `${kinds[source.slice(0, colon)] ?? ''} ${code(source.slice(colon + 1))}`;
}

function code(text: string): string {
  return `\`${text.replaceAll('\n', '\\n').replaceAll('|', '\\|')}\``;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
