import type { SignatureScheme } from '../../../common/presets';
import { signatureItems } from '../../../common/signatureItems';
import { timeUnit } from '../../../common/timeUnits';
import { inDoubleQuotes, literal, SECRET_LINE, type ExampleCall, type ShellCall } from './shell';

/** Values that go out with the call, each in the request's place for it; quoted for double quotes. */
interface Outgoing {
  headers: Map<string, string>;
  query: Map<string, string>;
}

/** Characters that no scheme has, for what the shell fills in. */
const MARKS = { signature: '\ue000', time: '\ue001' };

const KEY_OPTIONS: Record<string, (text: string) => string> = {
  utf8: (text) => ` -hmac "${text}"`,
  base64: () => ' -mac HMAC -macopt "hexkey:$KEY"',
  hex: (text) => ` -mac HMAC -macopt "hexkey:${text}"`,
};

const SPELLINGS: Record<string, string> = {
  hex: " -r | cut -d' ' -f1",
  base64: ' -binary | openssl base64 -A',
  base64url: " -binary | openssl base64 -A | tr '+/' '-_' | tr -d '='",
};

/** An example call signed with `openssl`, or null for a scheme that a line of shell can't follow. */
export function signedCall(scheme: SignatureScheme, call: ExampleCall): ShellCall | null {
  const out: Outgoing = { headers: new Map(), query: new Map() };
  const setup = [SECRET_LINE];
  let signature = '$SECRET';
  if (isBeyondShell(scheme)) {
    return null;
  }
  if (scheme.kind === 'hmac' || scheme.kind === 'hash') {
    const content = signedText(scheme.content ?? '{body}', call, out);
    if (!placeTimestamp(scheme, out) || content === null) {
      return null;
    }
    signature = inDoubleQuotes(signatureItems(scheme, MARKS.signature, MARKS.time))
      .replaceAll(MARKS.signature, '$SIG')
      .replaceAll(MARKS.time, '${TS}');
    setup.push(...preparation(scheme, call, content, out), `SIG=$(printf '%s' "${content}" | ${digest(scheme)})`);
  } else if (scheme.kind !== 'token') {
    return null;
  }
  const sent = place(scheme.sig.from, `${inDoubleQuotes(scheme.sig.strip ?? '')}${signature}`, out);
  return sent ? { setup, method: call.method, url: urlWith(call.url, out), options: options(call, out) } : null;
}

/** What a line of `openssl` has no short way for. */
function isBeyondShell({ key, sig }: SignatureScheme): boolean {
  return (
    key?.hash !== undefined ||
    sig.json !== undefined ||
    !Object.hasOwn(KEY_OPTIONS, key?.enc ?? 'utf8') ||
    !Object.hasOwn(SPELLINGS, sig.enc ?? 'hex')
  );
}

/** Puts the time where the scheme wants it; false: it can't. In the signature's own list, it goes out with that. */
function placeTimestamp({ ts }: SignatureScheme, out: Outgoing): boolean {
  return !ts || ts.from.startsWith('sig:') || place(ts.from, '${TS}', out);
}

/** The signed text with shell variables in it, or null where it needs what a shell can't tell. */
function signedText(template: string, call: ExampleCall, out: Outgoing): string | null {
  let possible = true;
  const text = template.split(/(\{[^{}]+\})/).map((part, index) => {
    if (index % 2 === 0) {
      return inDoubleQuotes(part);
    }
    const name = part.slice(1, -1);
    const fixed: Record<string, string> = {
      body: '${BODY}',
      ts: '${TS}',
      secret: '${SECRET}',
      method: call.method,
      url: inDoubleQuotes(call.url),
    };
    if (name.startsWith('header:')) {
      const header = name.slice('header:'.length);
      out.headers.set(header, out.headers.get(header) ?? '${ID}');
      return out.headers.get(header);
    }
    possible &&= Object.hasOwn(fixed, name);
    return fixed[name] ?? '';
  });
  return possible ? text.join('') : null;
}

/** Sets the variables that the signed text and the headers use. */
function preparation(scheme: SignatureScheme, call: ExampleCall, content: string, out: Outgoing): string[] {
  const used = [content, ...out.headers.values()].join(' ');
  const keyText = scheme.key?.strip ? `\${SECRET#${scheme.key.strip}}` : '$SECRET';
  return [
    ...(content.includes('${BODY}') ? [`BODY=${literal(call.body)}`] : []),
    ...(scheme.ts ? [`TS=${timeUnit(scheme.ts.unit).shell}`] : []),
    ...(used.includes('${ID}') ? ['ID=$(openssl rand -hex 16)'] : []),
    ...(scheme.key?.enc === 'base64'
      ? [`KEY=$(printf '%s' "${keyText}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \\n')`]
      : []),
  ];
}

/** The pipeline that turns the signed text into the signature's own spelling. */
function digest({ kind, alg = 'sha256', key, sig }: SignatureScheme): string {
  const keyText = key?.strip ? `\${SECRET#${key.strip}}` : '$SECRET';
  const mac = kind === 'hash' ? '' : KEY_OPTIONS[key?.enc ?? 'utf8']?.(keyText);
  return `openssl dgst -${alg}${mac ?? ''}${SPELLINGS[sig.enc ?? 'hex'] ?? ''}`;
}

/** Puts `value` into the first place of `from` that a caller can fill without touching the body. */
function place(from: string | readonly string[], value: string, out: Outgoing): boolean {
  for (const source of [from].flat()) {
    const [kind, name] = [source.slice(0, source.indexOf(':')), source.slice(source.indexOf(':') + 1)];
    if (kind === 'header' || kind === 'query') {
      (kind === 'header' ? out.headers : out.query).set(name, value);
      return true;
    }
  }
  return false;
}

function urlWith(url: string, { query }: Outgoing): string {
  const pairs = [...query].map(([name, value]) => `${encodeURIComponent(name)}=${value}`);
  return pairs.length > 0 ? `"${inDoubleQuotes(url)}?${pairs.join('&')}"` : literal(url);
}

function options(call: ExampleCall, { headers }: Outgoing): string[] {
  return [
    ...(call.body ? ["-H 'content-type: application/json'"] : []),
    ...[...headers].map(([name, value]) => `-H "${inDoubleQuotes(name)}: ${value}"`),
    ...(call.body ? [`--data-binary ${literal(call.body)}`] : []),
  ];
}
