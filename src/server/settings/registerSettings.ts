import type { Context } from '@nocobase/actions';
import type { Application } from '@nocobase/server';
import { isRecord } from '../../common/rules';
import { SETTINGS_RESOURCE, SETTINGS_SNIPPET, type WebhookSettings } from '../../common/settings';
import { describeIssue } from '../../common/validateConfig';
import { trustedProxies } from '../../common/validateNetwork';
import { clientAddress } from '../net/clientAddress';
import type { TrustedProxies } from '../net/TrustedProxies';
import type { RateLimits } from '../rates/RateLimits';
import type { SettingsStore } from './SettingsStore';

export interface SettingsParts {
  proxies: TrustedProxies;
  store: SettingsStore;
  rates: RateLimits;
  /** Tells the other nodes of the cluster to load what was saved. */
  announce(): Promise<void>;
}

/** The permission under which NocoBase lets people edit workflows. */
const WORKFLOW_SNIPPET = 'pm.workflow.workflows';

/** Adds the `webhookSettings` resource: who edits workflows may read it, and who has its own permission also save. */
export function registerSettings(app: Application, { proxies, store, rates, announce }: SettingsParts): void {
  app.resourceManager.define({
    name: SETTINGS_RESOURCE,
    only: ['get', 'save'],
    actions: {
      async get(ctx: Context, next) {
        ctx.body = describeSettings(ctx, proxies, rates);
        await next();
      },
      async save(ctx: Context, next) {
        const saved = readInput(ctx, proxies);
        await store.saveTrustedProxies(saved);
        proxies.use(saved);
        await announce();
        ctx.body = describeSettings(ctx, proxies, rates);
        await next();
      },
    },
  });
  app.acl.registerSnippet({ name: SETTINGS_SNIPPET, actions: [`${SETTINGS_RESOURCE}:*`] });
  app.acl.registerSnippet({ name: WORKFLOW_SNIPPET, actions: [`${SETTINGS_RESOURCE}:get`] });
}

function describeSettings({ req }: Context, proxies: TrustedProxies, rates: RateLimits): WebhookSettings {
  return {
    trustedProxies: [...proxies.list],
    source: proxies.source,
    clientAddress: clientAddress(req, proxies.trust),
    socketAddress: req.socket.remoteAddress ?? '',
    forwardedFor: String(req.headers['x-forwarded-for'] ?? '')
      .split(',')
      .flatMap((entry) => entry.trim() || []),
    rateLimitStore: rates.isShared ? 'redis' : 'memory',
  };
}

/** What is to be saved. Answers with 400 where that can't be. */
function readInput(ctx: Context, { source }: TrustedProxies): string[] {
  if (source === 'environment') {
    ctx.throw(400, 'The trusted proxies are set by the environment variable WEBHOOK_TRUSTED_PROXIES.');
  }
  const { values } = ctx.action.params;
  const list: unknown = isRecord(values) ? values.trustedProxies : undefined;
  const [problem] = trustedProxies(list, 'trustedProxies');
  if (problem) {
    ctx.throw(400, `${problem.path}: ${describeIssue(problem)}`);
  }
  return list as string[];
}
