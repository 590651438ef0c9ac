import { HEADER_NAME, type AnswerHeaders } from '../../common/httpFields';
import { isWebhookMethod } from '../../common/methods';
import { match } from './match';
import type { Services } from './stage';
import { EarlyAnswer, type Answer, type Matched, type Received } from './types';

/** Seconds that a browser may remember the answer; none keeps it for longer than two hours. */
const MAX_AGE = '7200';

/**
 * Answers a browser's preflight (https://fetch.spec.whatwg.org/#cors-preflight-fetch) where the webhook that it is
 * about lets pages call it. Cookies and the like are never allowed: who calls is for verification to tell.
 */
export function preflight(delivery: Matched): Matched | EarlyAnswer {
  const asked = delivery.headers['access-control-request-method'];
  if (delivery.method !== 'OPTIONS' || delivery.headers.origin === undefined || typeof asked !== 'string') {
    return delivery;
  }
  const shared = delivery.candidates.filter(({ endpoint }) => endpoint.config.cors);
  if (shared.length === 0) {
    return delivery;
  }
  const methods = new Set(shared.flatMap(({ endpoint }) => endpoint.config.methods));
  const headers = {
    'access-control-allow-methods': [...methods].join(', '),
    'access-control-max-age': MAX_AGE,
    ...allowedHeaders(delivery.headers['access-control-request-headers']),
  };
  return new EarlyAnswer({ status: 204, headers, body: '' });
}

/** Lets the page that called read the answer, refusals too, where the webhook takes calls from that page. */
export function withCors(answer: Answer, received: Received, services: Services): Answer {
  const { origin } = received.headers;
  const origins = typeof origin === 'string' ? originsOf(received, services) : null;
  if (typeof origin !== 'string' || !origins) {
    return answer;
  }
  const own = Object.fromEntries(
    Object.entries(answer.headers).filter(([name]) => !/^access-control-allow-origin$/i.test(name)),
  );
  if (origins.includes('*')) {
    return { ...answer, headers: { ...own, 'access-control-allow-origin': '*', ...EXPOSED } };
  }
  const allowed = origins.includes(origin) ? { 'access-control-allow-origin': origin, ...EXPOSED } : {};
  return { ...answer, headers: { ...varyingByOrigin(own), ...allowed } };
}

/** All headers of the answer; the list of those that a script sees otherwise is short, and lacks `Retry-After`. */
const EXPOSED = { 'access-control-expose-headers': '*' };

/** The origins of the webhook that has this URL and method; null: pages can't call it, or there is none. */
function originsOf(received: Received, services: Services): readonly string[] | null {
  const asked = received.method === 'OPTIONS' ? received.headers['access-control-request-method'] : received.method;
  const method = asked === 'HEAD' ? 'GET' : asked;
  const candidates = candidatesOf(received, services);
  const fitting = candidates.find(
    ({ endpoint }) => isWebhookMethod(method) && endpoint.config.methods.includes(method),
  );
  const found = fitting ?? candidates.find(({ endpoint }) => endpoint.config.cors);
  return found?.endpoint.config.cors?.origins ?? null;
}

function candidatesOf(received: Received, services: Services): Matched['candidates'] {
  try {
    return match(received, services).candidates;
  } catch {
    return [];
  }
}

/** The names that the browser asked for, as far as they are names. */
function allowedHeaders(asked: string | string[] | undefined): Record<string, string> {
  const names = String(asked ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => HEADER_NAME.test(name));
  return names.length > 0 ? { 'access-control-allow-headers': names.join(', ') } : {};
}

function varyingByOrigin(headers: AnswerHeaders): AnswerHeaders {
  const [name = 'vary', value] = Object.entries(headers).find(([key]) => key.toLowerCase() === 'vary') ?? [];
  return { ...headers, [name]: value ? `${[value].flat().join(', ')}, Origin` : 'Origin' };
}
