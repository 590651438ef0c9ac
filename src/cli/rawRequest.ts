import { contentCoding, inflate } from '../server/net/inflate';
import type { VerifyRequest } from '../server/verifiers/types';
import { UsageError } from './io';

const REQUEST_LINE = /^([A-Z]+) (\S+)(?: HTTP\/\d(?:\.\d)?)?$/;
const FIELD = /^([!#$%&'*+.^_`|~\w-]+):(.*)$/;

/**
 * Reads a saved HTTP request. Lines of the head may end in LF alone; everything behind the empty line is the body,
 * byte for byte. `url` goes before what the head says of the URL.
 */
export function parseRawRequest(bytes: Buffer, url?: string): VerifyRequest {
  const { head, rawBody } = split(bytes);
  const [first = '', ...lines] = head.split(/\r?\n/);
  const [, method, target] = REQUEST_LINE.exec(first) ?? [];
  if (method === undefined || target === undefined) {
    throw new UsageError(
      `A saved request begins with a line such as "POST /api/webhooks/key HTTP/1.1", not "${first}".`,
    );
  }
  const headers = readFields(lines);
  return { method, url: url ?? urlOf(target, headers.host), headers, rawBody };
}

/** Bytes that a saved body may unpack to. */
const MAX_UNPACKED = 1 << 28;

/** What looks wrong about how a request was saved; null: nothing does. */
export function savingAccident({ headers, rawBody, packedBody }: VerifyRequest): string | null {
  const length = headers['content-length'];
  if (headers['content-encoding'] !== undefined && !packedBody) {
    return 'The body is not packed as content-encoding says. Signatures are of what is in it: save the request unpacked.';
  }
  const saved = (packedBody ?? rawBody).length;
  return typeof length === 'string' && Number(length) !== saved
    ? `content-length says ${length} bytes, but the saved body has ${saved}: did an editor add or change something?`
    : null;
}

/** The request with its content coding undone, as the plugin does it; one that can't be stays as it was saved. */
export async function withBodyUnpacked(request: VerifyRequest): Promise<VerifyRequest> {
  try {
    const coding = contentCoding(request.headers['content-encoding']);
    const options = { limit: MAX_UNPACKED, hold: () => undefined };
    return coding && request.rawBody.length > 0
      ? { ...request, rawBody: await inflate(request.rawBody, coding, options), packedBody: request.rawBody }
      : request;
  } catch {
    return request;
  }
}

/** A request as {@link parseRawRequest} reads it. */
export function writeRawRequest({ method, url, headers, rawBody }: VerifyRequest): Buffer {
  const fields = Object.entries({ host: new URL(url).host, ...headers, 'content-length': String(rawBody.length) });
  const lines = fields.flatMap(([name, value]) => [value ?? []].flat().map((item) => `${name}: ${item}\r\n`));
  return Buffer.concat([Buffer.from(`${method} ${url} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1'), rawBody]);
}

function split(bytes: Buffer): { head: string; rawBody: Buffer } {
  const ends = (['\r\n\r\n', '\n\n'] as const)
    .map((mark) => ({ at: bytes.indexOf(mark), mark }))
    .filter(({ at }) => at !== -1)
    .sort((one, other) => one.at - other.at);
  const [end] = ends;
  return end
    ? { head: bytes.toString('latin1', 0, end.at), rawBody: bytes.subarray(end.at + end.mark.length) }
    : { head: bytes.toString('latin1').trimEnd(), rawBody: Buffer.alloc(0) };
}

/** Of these Node keeps the first: https://nodejs.org/docs/latest-v20.x/api/http.html#messageheaders */
const SINGLE: ReadonlySet<string> = new Set(
  (
    'age authorization content-length content-type etag expires from host if-modified-since if-unmodified-since ' +
    'last-modified location max-forwards proxy-authorization referer retry-after server user-agent'
  ).split(' '),
);

/** As Node gives them: lower-case names, a name that is there twice joined. */
function readFields(lines: readonly string[]): Record<string, string> {
  const headers = new Map<string, string>();
  for (const line of lines) {
    const [, name, sent] = FIELD.exec(line) ?? [];
    if (name === undefined || sent === undefined) {
      throw new UsageError(`"${line}" is no header line, and the body begins only after an empty line.`);
    }
    const key = name.toLowerCase();
    const value = withoutBlanks(sent);
    const before = headers.get(key);
    const joined = `${before}${key === 'cookie' ? '; ' : ', '}${value}`;
    headers.set(key, before === undefined ? value : SINGLE.has(key) ? before : joined);
  }
  return Object.fromEntries(headers);
}

/** Spaces and tabs alone: in a byte a character, a letter may end with what `trim` takes for a blank. */
function withoutBlanks(text: string): string {
  const isBlank = (at: number) => text[at] === ' ' || text[at] === '\t';
  let [start, end] = [0, text.length];
  while (isBlank(start)) {
    start += 1;
  }
  while (end > start && isBlank(end - 1)) {
    end -= 1;
  }
  return text.slice(start, end);
}

function urlOf(target: string, host: string | undefined): string {
  return target.startsWith('/') && host ? `https://${host}${target}` : target;
}
