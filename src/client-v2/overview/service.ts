import type { WebhookOverview } from '../../common/overview';
import { findProvider } from '../../common/providers';
import { text, type Translate } from '../locale';

type Auth = NonNullable<WebhookOverview['auth']>;

/** How calls prove where they come from, where no listed service sends them. */
const OWN: Record<Exclude<Auth, 'provider'>, string> = {
  none: text('Not verified'),
  basic: text('User name and password'),
  token: text('Token'),
  signature: text('Custom signature'),
  jwt: text('JWT'),
  mtls: text('Client certificate'),
};

/** Who calls a webhook, and for which events. */
export function serviceOf({ auth, provider }: WebhookOverview, t: Translate): string {
  if (auth === null) {
    return '';
  }
  return auth === 'provider' ? (findProvider(provider ?? '')?.title ?? provider ?? '') : t(OWN[auth]);
}

/** The chosen events, or how many they are. */
export function eventsOf({ auth, events }: WebhookOverview, t: Translate): string {
  if (auth === null) {
    return '';
  }
  if (events === null) {
    return t('all events');
  }
  return events.length > 2 ? t('{{count}} events', { count: events.length }) : events.join(', ');
}
