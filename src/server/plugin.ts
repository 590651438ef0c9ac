import PluginWorkflowServer from '@nocobase/plugin-workflow';
import type { HandlerType } from '@nocobase/resourcer';
import { Plugin } from '@nocobase/server';
import { normalizePath } from '../common/path';
import { TRIGGER_TYPE, WEBHOOKS_SEGMENT } from '../common/plugin';
import { RESPONSE_NODE_TYPE } from '../common/responseNode';
import { refuseLists } from './api/refuseLists';
import { PERMITTED, READABLE_CHECK, refuseUnreadable, refuseUnusedFilter } from './api/refuseUnreadable';
import { registerApi } from './api/registerApi';
import { ReplayJobs } from './api/ReplayJobs';
import { beforeStop } from './beforeStop';
import { Deliveries } from './deliveries/Deliveries';
import { followRoutes } from './endpoints/followRoutes';
import { keepClaims, rebuildClaims } from './endpoints/keepClaims';
import { translatePathConflicts } from './endpoints/PathConflictError';
import { RouteTable } from './endpoints/RouteTable';
import { attachmentStore } from './files/attachments';
import { rememberLanguage } from './language';
import { showInbox } from './metrics/inboxMetrics';
import { requestMetrics } from './metrics/RequestMetrics';
import { webhookMiddleware } from './mounts/koa';
import { mountAtGateway } from './mounts/mountAtGateway';
import { MOUNT_POINT } from './mounts/mountPoint';
import { isForOtherOwner } from './mounts/otherOwner';
import { receiver } from './mounts/receive';
import { targetsBelow } from './mounts/target';
import { maxDepthOn } from './nesting';
import type { Services } from './pipeline/stage';
import { ResponseInstruction } from './reply/ResponseInstruction';
import { AROUND_LOGGER, hideQueryFromLog } from './requestLog/hiddenQuery';
import { redactSavedSecrets } from './requestLog/redactActions';
import { boundedReport } from './report';
import { CapturedSecrets } from './secrets/CapturedSecrets';
import { sealerOf } from './secrets/Sealer';
import { setUpNetwork, type Network } from './setUpNetwork';
import { SingleUseIds } from './singleUse/SingleUseIds';
import { setUpStats, type Stats } from './stats/setUpStats';
import { waitForWriters } from './waitForWriters';
import { WebhookTrigger } from './WebhookTrigger';
import { afterDestroyWorkflow, guardSaves } from './workflowHooks';

/** Tells the other nodes of a cluster that the settings for all webhooks were saved. */
const SETTINGS_SAVED = 'settingsSaved';

/** Tells them that a captured secret of a webhook was confirmed or discarded. */
const SECRETS_CHANGED = 'capturedSecretsChanged';

/** Wires the parts into NocoBase, and does nothing else. */
class PluginWorkflowWebhookServer extends Plugin {
  private readonly routes = new RouteTable();
  private network: Network | undefined;
  private captured: CapturedSecrets | undefined;
  private deliveries: Deliveries | undefined;
  private stats: Stats | undefined;

  override async load(): Promise<void> {
    const { app, db, routes } = this;
    const workflows = app.pm.get(PluginWorkflowServer) as PluginWorkflowServer;
    const sealer = sealerOf(app);
    waitForWriters(db);
    const follower = followRoutes(app, routes, sealer);
    const base = apiBase(app.options.resourcer?.prefix);
    const trigger = new WebhookTrigger(workflows, follower, sealer, webhooksPath(base, app.name));
    workflows.registerTrigger(TRIGGER_TYPE, trigger);
    const files = attachmentStore(app);
    workflows.registerInstruction(RESPONSE_NODE_TYPE, new ResponseInstruction(workflows, files));
    guardSaves(db, sealer);
    const claims = keepClaims(db);
    app.on('afterStart', async () => {
      await rebuildClaims(app, claims);
      await follower.start();
    });
    translatePathConflicts(app.pm.get('error-handler'));

    // NocoBase gives these middlewares its whole context; their type names only a part of it.
    app.resourceManager.use(redactSavedSecrets as HandlerType, { tag: 'webhookSecrets', before: ['auth', 'acl'] });
    app.resourceManager.use(rememberLanguage as HandlerType, { tag: 'webhookLanguage', before: ['auth', 'acl'] });
    app.resourceManager.use(refuseLists as HandlerType, { tag: 'webhookValues', ...PERMITTED });
    app.resourceManager.use(refuseUnusedFilter as HandlerType, { tag: 'webhookFilters', ...PERMITTED });

    const query = hideQueryFromLog();
    app.use(query.outside, AROUND_LOGGER.outside);
    app.use(query.inside, AROUND_LOGGER.inside);

    const network = setUpNetwork(app, () => this.sendSyncMessage({ type: SETTINGS_SAVED }));
    this.network = network;
    app.on('afterStart', () => network.loadSettings());

    const captured = new CapturedSecrets(app, sealer, (key) => this.sendSyncMessage({ type: SECRETS_CHANGED, key }));
    this.captured = captured;
    app.on('afterStart', () => captured.load());
    db.on('workflows.afterDestroy', afterDestroyWorkflow(captured));

    const deliveries: Deliveries = new Deliveries(app, workflows, routes, files, (ids) => stats.ended(ids));
    this.deliveries = deliveries;
    const stats = setUpStats(app, deliveries);
    this.stats = stats;
    // Ahead of the workflow engine's own start, which looks for what waits.
    app.on('beforeStart', () => deliveries.unpark());
    app.on('afterStart', () => deliveries.start());
    app.on('afterStart', () => stats.start());

    const jobs = new ReplayJobs(app, deliveries);
    registerApi(app, { deliveries, routes, jobs, sealer, captured, files, network });
    const meter = app.telemetry.metric.getMeter();
    const hideInbox = showInbox(meter, db, deliveries);

    const services: Services = {
      routes,
      workflows,
      env: () => app.environment.getVariables(),
      captured,
      files,
      deliveries,
      maxDepth: maxDepthOn(db.sequelize.getDialect()),
      bodyPace: network.bodyPace,
      failures: network.failures,
      rates: network.rates,
      singleUseIds: new SingleUseIds(deliveries),
      report: boundedReport(app.logger),
      metrics: requestMetrics(meter),
      stats: stats.counter,
    };
    app.use(refuseUnreadable(base), READABLE_CHECK);
    const targetOf = targetsBelow(base, isForOtherOwner(app, routes));
    const receive = receiver(network, services);
    const inApp = webhookMiddleware(targetOf, receive);
    app.use(inApp, { tag: 'webhooks', ...MOUNT_POINT });
    const unmount = mountAtGateway({ app, apiBase: base, targetOf, receive, inApp });

    // Ahead of the workflow engine's own end: what runs here still needs it.
    beforeStop(app, async () => {
      unmount();
      jobs.end();
      hideInbox();
      await deliveries.stop();
      await stats.stop();
    });
  }

  /** Without this plugin the engine would go on with what waits, and fail. */
  override async afterDisable(): Promise<void> {
    await this.deliveries?.stop();
    await this.stats?.stop();
    await this.deliveries?.park();
  }

  override async handleSyncMessage(message: { type?: string; key?: string }): Promise<void> {
    if (message.type === SETTINGS_SAVED) {
      await this.network?.loadSettings();
    } else if (message.type === SECRETS_CHANGED) {
      await this.captured?.load(message.key);
    }
  }
}

function apiBase(prefix: string | undefined): string {
  return prefix ?? process.env.API_BASE_PATH ?? '/api/';
}

/** Path of an app's webhooks as callers have it, with a slash at its end. */
function webhooksPath(base: string, app: string): string {
  const subApp = app === 'main' ? '' : `__app/${encodeURIComponent(app)}/`;
  return `/${[normalizePath(base), `${subApp}${WEBHOOKS_SEGMENT}`].filter((part) => part !== '').join('/')}/`;
}

export default PluginWorkflowWebhookServer;
