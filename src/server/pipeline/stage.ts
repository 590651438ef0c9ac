import type PluginWorkflowServer from '@nocobase/plugin-workflow';
import type { Deliveries } from '../deliveries/Deliveries';
import type { RouteTable } from '../endpoints/RouteTable';
import type { FileStore } from '../files/FileStore';
import type { RequestMetrics } from '../metrics/RequestMetrics';
import type { BodyPace } from '../net/receiveBody';
import type { FailureLimit } from '../rates/FailureLimit';
import type { RateLimits } from '../rates/RateLimits';
import type { ReportedEvent } from '../report';
import type { CapturedSecrets } from '../secrets/CapturedSecrets';
import type { SingleUseIds } from '../singleUse/SingleUseIds';
import type { StatsCounter } from '../stats/StatsCounter';
import type { EarlyAnswer } from './types';

/** What a stage may lean on; the same for every request of an app. */
export interface Services {
  routes: RouteTable;
  workflows: PluginWorkflowServer;
  /** What `{{$env.NAME}}` resolves to, now. */
  env(): Record<string, unknown>;
  /** Secrets that providers hand over in their handshakes. */
  captured: Pick<CapturedSecrets, 'capture' | 'confirmedFor'>;
  files: FileStore;
  deliveries: Deliveries;
  /** Levels of lists and objects that the app's database can store of a body. */
  maxDepth: number;
  /** How fast a body has to come. */
  bodyPace: BodyPace;
  failures: FailureLimit;
  rates: RateLimits;
  singleUseIds: SingleUseIds;
  /** Tells the one who runs NocoBase; what comes too often is counted instead. */
  report(event: ReportedEvent): void;
  metrics: RequestMetrics;
  stats: Pick<StatsCounter, 'count'>;
}

/** One step: takes the delivery so far and returns a richer one, an early answer, or throws a `WebhookError`. */
export type Stage<In, Out> = (delivery: In, services: Services) => Out | EarlyAnswer | Promise<Out | EarlyAnswer>;
