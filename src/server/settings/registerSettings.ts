import type { Context } from '@nocobase/actions';
import type { Application } from '@nocobase/server';
import { normalizePublicUrl } from '../../common/publicUrl';
import {
  SETTING_VARIABLES,
  SETTINGS_RESOURCE,
  SETTINGS_SNIPPET,
  WITH_SHARED_ADDRESS,
  type NetworkSettings,
  type SettingSource,
  type WebhookSettings,
  type WebhookSettingsInput,
} from '../../common/settings';
import { sayIssue } from '../language';
import { networkSettings } from '../../common/validateNetwork';
import { clientAddress } from '../net/clientAddress';
import type { PublicUrl } from '../net/PublicUrl';
import type { TrustedProxies } from '../net/TrustedProxies';
import type { RateLimits } from '../rates/RateLimits';
import { findSharedAddress } from './sharedAddress';
import type { SettingsStore } from './SettingsStore';

export interface SettingsParts {
  proxies: TrustedProxies;
  publicUrl: PublicUrl;
  store: SettingsStore;
  rates: RateLimits;
  /** Tells the other instances of the cluster to load what was saved. */
  announce(): Promise<void>;
}

/** The permission under which NocoBase lets people edit workflows. */
const WORKFLOW_SNIPPET = 'pm.workflow.workflows';

/** Takes over what is saved in the database; another instance may have saved it. */
export async function loadSettings({ proxies, publicUrl, store }: SettingsParts): Promise<void> {
  const [savedProxies, savedUrl] = await Promise.all([store.load('trustedProxies'), store.load('publicUrl')]);
  proxies.use(savedProxies);
  publicUrl.use(savedUrl);
}

/** Adds the `webhookSettings` resource: who edits workflows may read it, and who has its own permission also save. */
export function registerSettings(app: Application, parts: SettingsParts): void {
  app.resourceManager.define({
    name: SETTINGS_RESOURCE,
    only: ['get', 'save'],
    actions: {
      async get(ctx: Context, next) {
        const { asked, key } = readAsked(ctx);
        ctx.body = {
          ...describeSettings(ctx, parts),
          ...(asked && { sharedAddress: await findSharedAddress(ctx.db, parts.proxies.trust, key) }),
        };
        await next();
      },
      async save(ctx: Context, next) {
        const saved = readInput(ctx, sourcesOf(parts));
        await parts.store.save(saved);
        await loadSettings(parts);
        await parts.announce();
        ctx.body = describeSettings(ctx, parts);
        await next();
      },
    },
  });
  app.acl.registerSnippet({ name: SETTINGS_SNIPPET, actions: [`${SETTINGS_RESOURCE}:*`] });
  app.acl.registerSnippet({ name: WORKFLOW_SNIPPET, actions: [`${SETTINGS_RESOURCE}:get`] });
}

function sourcesOf({ proxies, publicUrl }: SettingsParts): Record<keyof NetworkSettings, SettingSource> {
  return { trustedProxies: proxies.source, publicUrl: publicUrl.source };
}

function describeSettings({ req }: Context, parts: SettingsParts): WebhookSettings {
  const { proxies, publicUrl, rates } = parts;
  return {
    trustedProxies: [...proxies.list],
    publicUrl: publicUrl.value,
    sources: sourcesOf(parts),
    clientAddress: clientAddress(req, proxies.trust),
    socketAddress: req.socket.remoteAddress ?? '',
    forwardedFor: String(req.headers['x-forwarded-for'] ?? '')
      .split(',')
      .flatMap((entry) => entry.trim() || []),
    rateLimitStore: rates.isShared ? 'redis' : 'memory',
  };
}

/** Whether the shared address is asked for, and whose. Answers with 400 where that can't be read. */
function readAsked(ctx: Context): { asked: boolean; key: string | undefined } {
  const { with: more, key } = ctx.action.params as { with?: unknown; key?: unknown };
  if (more !== undefined && more !== WITH_SHARED_ADDRESS) {
    ctx.throw(400, `"with" can be ${WITH_SHARED_ADDRESS}, and nothing else.`);
  }
  // PostgreSQL takes no NUL in a text.
  if (key !== undefined && (typeof key !== 'string' || key.includes('\0'))) {
    ctx.throw(400, '"key" is a workflow key.');
  }
  return { asked: more !== undefined, key: key as string | undefined };
}

/** What is to be saved. Answers with 400 where that can't be. */
function readInput(ctx: Context, sources: Record<string, SettingSource>): WebhookSettingsInput {
  const { values = {} } = ctx.action.params as { values?: unknown };
  const [problem] = networkSettings(values, '');
  if (problem) {
    ctx.throw(400, sayIssue(problem));
  }
  const input = values as WebhookSettingsInput;
  for (const [name, variable] of Object.entries(SETTING_VARIABLES)) {
    if (Object.hasOwn(input, name) && sources[name] === 'environment') {
      ctx.throw(400, `"${name}" is set by the environment variable ${variable}.`);
    }
  }
  return input.publicUrl === undefined ? input : { ...input, publicUrl: normalizePublicUrl(input.publicUrl) };
}
