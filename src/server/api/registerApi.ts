import type { Context, Next } from '@nocobase/actions';
import type { Application } from '@nocobase/server';
import { CAPTURED_SECRETS } from '../../common/capturedSecrets';
import { DELIVERIES_RESOURCE, ENDPOINTS_RESOURCE, WORKFLOW_SNIPPET } from '../../common/deliveriesApi';
import { STATS_RESOURCE } from '../../common/stats';
import type { Deliveries } from '../deliveries/Deliveries';
import type { RouteTable } from '../endpoints/RouteTable';
import type { FileStore } from '../files/FileStore';
import { maxDepthOn } from '../nesting';
import type { CapturedSecrets } from '../secrets/CapturedSecrets';
import type { Sealer } from '../secrets/Sealer';
import type { Network } from '../setUpNetwork';
import { capturedSecretActions } from './capturedSecretActions';
import { getDelivery, listDeliveries } from './deliveryActions';
import { endpointActions } from './endpointActions';
import { eraseActions } from './eraseActions';
import { isWorkflowId } from './ids';
import { openapiAction } from './openapi/openapiAction';
import { replayActions } from './replayActions';
import type { ReplayJobs } from './ReplayJobs';
import { queryStats } from './statsActions';
import { unreadableSecrets } from './unreadableSecrets';

/** Tables of ours that nobody has to reach by an API. NocoBase would give every collection one. */
const CLOSED = [
  'webhookEpochs',
  'webhookInstances',
  'webhookLogEpochs',
  'webhookOptions',
  'webhookQueues',
  'webhookReplays',
  'webhookResumptions',
  'webhookRoutes',
  'webhookSingleUseIds',
];

export interface ApiParts {
  deliveries: Deliveries;
  routes: RouteTable;
  jobs: ReplayJobs;
  sealer: Sealer;
  captured: CapturedSecrets;
  files: FileStore;
  network: Network;
}

/** Adds the resources by which deliveries are looked at and replayed, for who may edit workflows. */
export function registerApi(app: Application, parts: ApiParts): void {
  const { deliveries, routes, jobs, sealer, captured, files, network } = parts;
  const maxDepth = maxDepthOn(app.db.sequelize.getDialect());
  const resources = {
    [DELIVERIES_RESOURCE]: {
      list: listDeliveries,
      get: getDelivery,
      ...replayActions(deliveries, jobs, maxDepth),
      ...eraseActions(deliveries, files),
    },
    [CAPTURED_SECRETS]: capturedSecretActions(captured),
    [ENDPOINTS_RESOURCE]: {
      ...endpointActions(routes, deliveries),
      unreadableSecrets: ofWorkflow(unreadableSecrets(sealer)),
      openapi: openapiAction(routes, network),
    },
    [STATS_RESOURCE]: { query: queryStats },
  };
  for (const [name, actions] of Object.entries(resources)) {
    // Without `only`, NocoBase's own actions would be there too: they write, and show more.
    app.resourceManager.define({ name, only: Object.keys(actions), actions });
    app.acl.registerSnippet({ name: WORKFLOW_SNIPPET, actions: [`${name}:*`] });
  }
  // Who lets a secret in, who takes one away, and who erases: for NocoBase's audit log, where it is kept.
  app.auditManager.registerActions([
    `${CAPTURED_SECRETS}:confirm`,
    `${CAPTURED_SECRETS}:discard`,
    `${DELIVERIES_RESOURCE}:erase`,
    `${DELIVERIES_RESOURCE}:eraseMany`,
  ]);
  for (const name of CLOSED) {
    app.resourceManager.define({ name, only: ['none'] });
  }
}

/** An action on one workflow, which `filterByTk` names: PostgreSQL fails on what is no whole number. */
function ofWorkflow(action: (ctx: Context, next: Next) => Promise<void>): typeof action {
  return async (ctx, next) => {
    if (!isWorkflowId(ctx.action.params.filterByTk)) {
      ctx.throw(400, "filterByTk is not a workflow's id.");
    }
    await action(ctx, next);
  };
}
