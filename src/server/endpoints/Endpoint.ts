import type { WorkflowModel } from '@nocobase/plugin-workflow';
import { parseRange, type AddressRange } from '../../common/addresses';
import type { WebhookAuth } from '../../common/auth';
import { resolveConfig, type WebhookConfig } from '../../common/config';
import { eventPlaces, type EventPlace } from '../../common/events';
import { parsePath, type PathSegment } from '../../common/path';
import { namedVariables, type NamedVariable } from '../../common/requestVariables';
import { parseSize } from '../../common/size';
import { describeIssue, validateStored } from '../../common/validateConfig';
import { openAuth } from '../secrets/authSecrets';
import type { Sealer } from '../secrets/Sealer';
import { compileSchemas, type CompiledSchemas } from './compileSchemas';

/** An enabled webhook, with everything that a request needs worked out beforehand. Never changed, only replaced. */
export interface Endpoint {
  workflowId: number | string;
  /** The workflow key: the same across revisions. */
  key: string;
  workflow: WorkflowModel;
  config: Readonly<WebhookConfig>;
  /** What `$context.vars` holds. */
  variables: readonly NamedVariable[];
  /** Where the type of an event stands. */
  eventPlaces: readonly EventPlace[];
  /** The custom path; empty: reached by its key alone. */
  segments: readonly PathSegment[];
  /** The verification settings with their secrets readable. In memory only. */
  auth: WebhookAuth;
  /** Its secrets that are sealed and can't be read: calls are not verified by them. */
  unreadableSecrets: readonly string[];
  /** Who may call; empty: anyone. */
  allowed: readonly AddressRange[];
  maxBodyBytes: number;
  schemas: CompiledSchemas;
  /** Whether the caller waits for the run. */
  sync: boolean;
}

/**
 * Works out the endpoint of a workflow that is being enabled.
 * Throws an `Error` where the configuration can't be used: there is no route then, and calls get 404.
 */
export function compileEndpoint(workflow: WorkflowModel, sealer: Sealer): Endpoint {
  // Whatever wrote it, past every hook: with defaults in place of what can't be read, it would verify nobody.
  const [problem] = validateStored(workflow.config);
  if (problem) {
    throw new Error(`${problem.path}: ${describeIssue(problem)}`);
  }
  const config = resolveConfig(workflow.config);
  const path = parsePath(config.path);
  if ('problem' in path) {
    throw new Error(`path: ${path.problem.message}`);
  }
  const maxBodyBytes = parseSize(config.body.maxSize);
  if (maxBodyBytes === null) {
    throw new Error(`body.maxSize: ${config.body.maxSize} is not a size`);
  }
  const { auth, unreadable } = openAuth(config.auth, workflow.key, sealer);
  return {
    workflowId: workflow.id,
    key: workflow.key,
    workflow,
    config: Object.freeze(config),
    variables: namedVariables(config),
    eventPlaces: eventPlaces(config),
    segments: path.segments,
    auth,
    unreadableSecrets: unreadable,
    allowed: config.ipAllowlist.map(compileRange),
    maxBodyBytes,
    schemas: compileSchemas(config),
    sync: Boolean(workflow.sync),
  };
}

function compileRange(text: string): AddressRange {
  const range = parseRange(text);
  if (!range) {
    throw new Error(`ipAllowlist: "${text}" is neither an address nor a network`);
  }
  return range;
}
