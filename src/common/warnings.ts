// Framework-free: what a maker should know about settings that are valid.

import { secretsOf, type WebhookAuth } from './auth';
import type { WebhookConfig } from './config';
import { coverageOfAuth } from './coverageOfAuth';
import { knowsRepeats } from './knowsRepeats';
import type { HashAlgorithm } from './presets';
import { replayableFor } from './replayable';
import { schemeOfAuth } from './schemeOfAuth';
import { toEntry } from './secrets';

export type WarningCode =
  | 'UNVERIFIED_WRITE'
  | 'TOKEN_IN_QUERY'
  | 'RECORDED_CALL'
  | 'WEAK_HASH'
  | 'ANY_PAGE'
  | 'SYNC_WAITS'
  | 'SECRET_ENDS'
  | 'ANY_ADDRESS';

export interface Warning {
  code: WarningCode;
  /** What its text names. */
  values: Record<string, string>;
}

/** What is known of a webhook beside its settings. */
export interface Surroundings {
  /** Whether callers wait for the run. */
  isSync: boolean;
  /** The types of the workflow's nodes. */
  nodeTypes: readonly string[];
  /** Milliseconds since 1970. */
  now: number;
}

/** Nodes that change something, here or elsewhere. */
const WRITING_NODES: ReadonlySet<string> = new Set(['create', 'update', 'destroy', 'sql', 'request']);

/** Nodes that wait for a person or a time: for longer than a caller does. */
const WAITING_NODES: ReadonlySet<string> = new Set(['manual', 'approval', 'delay']);

const WEAK_HASHES: ReadonlySet<HashAlgorithm> = new Set<HashAlgorithm>(['sha1', 'md5']);

const SOON_MS = 7 * 86_400_000;

/** All that is to be said, in the order in which the panel shows it. None of it keeps the settings from being saved. */
export function warningsOf(config: WebhookConfig, surroundings: Surroundings): Warning[] {
  const { auth, cors, ipAllowlist } = config;
  const { isSync, nodeTypes, now } = surroundings;
  const found: (Warning | false)[] = [
    auth.type === 'none' && nodeTypes.some((type) => WRITING_NODES.has(type)) && warning('UNVERIFIED_WRITE'),
    isTokenInQuery(auth) && warning('TOKEN_IN_QUERY'),
    canBeRecorded(config) && warning('RECORDED_CALL'),
    weakHash(auth),
    auth.type !== 'none' && (cors?.origins.includes('*') ?? false) && warning('ANY_PAGE'),
    isSync && nodeTypes.some((type) => WAITING_NODES.has(type)) && warning('SYNC_WAITS'),
    endsSoon(auth, now),
    anyAddress(ipAllowlist),
  ];
  return found.filter((row) => row !== false);
}

function warning(code: WarningCode, values: Warning['values'] = {}): Warning {
  return { code, values };
}

function isTokenInQuery(auth: WebhookAuth): boolean {
  if (auth.type === 'token' || auth.type === 'jwt') {
    return auth.in === 'query';
  }
  const scheme = schemeOfAuth(auth);
  return scheme?.kind === 'token' && [scheme.sig.from].flat().some((source) => source.startsWith('query:'));
}

/** Whether a signed call that somebody has kept would be taken again. */
function canBeRecorded(config: WebhookConfig): boolean {
  const coverage = coverageOfAuth(config.auth);
  const isSigned = coverage !== null && coverage.body !== 'none';
  return isSigned && (coverage.tolerance === null || replayableFor(config.auth) === 0) && !knowsRepeats(config);
}

function weakHash(auth: WebhookAuth): Warning | false {
  const scheme = schemeOfAuth(auth);
  const alg = scheme?.kind === 'token' ? undefined : scheme?.alg;
  return alg !== undefined && WEAK_HASHES.has(alg) && warning('WEAK_HASH', { hash: alg.toUpperCase() });
}

/** The secret that ends first, if that is soon. */
function endsSoon(auth: WebhookAuth, now: number): Warning | false {
  const ends = secretsOf(auth)
    .flatMap((secret) => toEntry(secret).expiresAt ?? [])
    .sort((a, b) => Date.parse(a) - Date.parse(b));
  const [first] = ends;
  return first !== undefined && Date.parse(first) - now <= SOON_MS && warning('SECRET_ENDS', { date: first });
}

/** A network of the list that every address is in. */
function anyAddress(ipAllowlist: readonly string[]): Warning | false {
  const network = ipAllowlist.find((entry) => /\/0$/.test(entry.trim()));
  return network !== undefined && warning('ANY_ADDRESS', { network });
}
