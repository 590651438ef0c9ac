import type { WebhookAuth } from '../../common/auth';
import { capturesSecrets } from '../../common/capturedSecrets';
import { VARIABLE_GROUPS, type RateLimit, type WebhookConfig } from '../../common/config';
import { coverageOfAuth } from '../../common/coverageOfAuth';
import { knowsRepeats } from '../../common/knowsRepeats';
import { needsSecret } from '../../common/needsSecret';
import { normalizePath } from '../../common/path';
import { findProvider } from '../../common/providers';
import { holdsVariable } from '../../common/templateNames';
import { text, type Translate } from '../locale';
import { lasting } from '../parts/ago';

/** What a group of settings comes to, in a few words. */
export interface Summary {
  words: string;
  /** Whether a maker should look at it. */
  isUnsafe?: boolean;
}

export interface SummaryInput {
  config: WebhookConfig;
  t: Translate;
  /** The reader's. */
  language?: string;
  /** Whether callers wait for the run. */
  isSync: boolean;
}

/** Who can start a workflow that verifies calls this way; English, and the i18n keys. */
const WHO: Record<Exclude<WebhookAuth['type'], 'none' | 'provider'>, string> = {
  token: text('Only calls with the token'),
  basic: text('Only calls with the user name and password'),
  signature: text('Only calls with the signature'),
  jwt: text('Only calls with a JSON Web Token of the sender'),
  mtls: text('Only calls with a client certificate'),
};

/** Where it is called, and what for. */
export function connectSummary({ config: { auth, methods, path, events }, t }: SummaryInput): Summary {
  const provider = auth.type === 'provider' ? findProvider(auth.provider)?.title : undefined;
  return { words: joined(provider, methods.join(', '), normalizePath(path), events?.join(', ') ?? t('All events')) };
}

/** What the workflow has of a call. */
export function dataSummary({ config, t }: SummaryInput): Summary {
  const count = VARIABLE_GROUPS.reduce((sum, group) => sum + config.variables[group].length, 0);
  const hasSchema = [config.body, config.query, config.headers, config.params].some(({ schema }) => schema !== null);
  return {
    words: joined(
      count > 0 ? t('Named variables: {{count}}', { count }) : t('As it comes'),
      hasSchema && t('checked by a schema'),
      config.body.keepRaw && t('with the received text'),
    ),
  };
}

/** Which calls start the workflow. */
export function startSummary({ config, t, language }: SummaryInput): Summary {
  const { events, filter, dedupe } = config;
  const window = dedupe && knowsRepeats(config) ? lasting(dedupe.window * 1_000, language) : null;
  return {
    words: joined(
      events ? t('Only {{events}}', { events: events.join(', ') }) : t('Every call'),
      (filter?.group.calculations?.length ?? 0) > 0 && t('if the conditions are met'),
      window === null ? t('repeats as well') : t('a repeat within {{time}} starts nothing', { time: window }),
    ),
  };
}

/** What a caller is answered, and when. */
export function answerSummary({ config, t, language, isSync }: SummaryInput): Summary {
  const { response, syncTimeout, syncTimeoutStatus } = config;
  // What a variable stands for isn't known yet.
  const status = holdsVariable(String(response.status)) ? '…' : response.status;
  return {
    words: isSync
      ? joined(
          t('{{status}} once the workflow has run', { status }),
          t('{{status}} after {{time}}', { status: syncTimeoutStatus, time: lasting(syncTimeout, language) }),
        )
      : t('{{status}} at once; the workflow runs on', { status }),
  };
}

/** Who can start the workflow. */
export function protectionSummary({ config, t }: SummaryInput): Summary {
  const { auth, ipAllowlist, rateLimit, cors } = config;
  const isOpen = auth.type === 'none';
  const isShut = needsSecret(auth) && !capturesSecrets(auth);
  const addresses = ipAllowlist.slice(0, 3).join(', ') + (ipAllowlist.length > 3 ? ', …' : '');
  const who = isShut ? t('Every call is refused until a secret is set.') : whoStarts(auth, addresses !== '', t);
  return {
    words: joined(who, addresses, rateLimit && rate(rateLimit, t), cors?.origins.join(', ')),
    isUnsafe: isShut || (isOpen && addresses === ''),
  };
}

/** How deliveries run, and for how long they are kept. */
export function runsSummary({ config: { concurrency, orderBy, retry, record }, t }: SummaryInput): Summary {
  return {
    words: joined(
      concurrency === 1 ? t('In order of arrival') : t('{{count}} at once', { count: concurrency }),
      orderBy && t('in order for each {{source}}', { source: orderBy }),
      retry && t('tried up to {{count}} times', { count: retry.times + 1 }),
      t('kept for {{days}} days', { days: record.retentionDays }),
    ),
  };
}

function whoStarts(auth: WebhookAuth, hasAddresses: boolean, t: Translate): string {
  if (auth.type === 'none') {
    return hasAddresses
      ? t('Anyone at these addresses who knows the URL can start this:')
      : t('Anyone on the internet who knows the URL can start this');
  }
  if (auth.type !== 'provider') {
    return t(WHO[auth.type]);
  }
  const provider = findProvider(auth.provider);
  const signs = (coverageOfAuth(auth)?.body ?? 'none') !== 'none';
  const values = { service: provider?.title ?? auth.provider };
  return signs ? t('Only calls signed by {{service}}', values) : t('Only calls with the secret of {{service}}', values);
}

function rate({ per, ...values }: RateLimit, t: Translate): string {
  return per === 'address'
    ? t('{{points}} in {{duration}} s from each address', values)
    : t('{{points}} in {{duration}} s', values);
}

function joined(...parts: (string | false | null | undefined)[]): string {
  return parts.filter(Boolean).join(' · ');
}
