// Framework-free: the one type of a response node's configuration, with its defaults.

import type { ReplyConfig } from './config';
import { flag, type ConfigIssue } from './rules';
import { reply, replyIssues } from './validateReply';

/** `flow_nodes.type` of a node that answers the call which started the workflow. */
export const RESPONSE_NODE_TYPE = 'webhook-response';

export interface ResponseNodeConfig extends ReplyConfig {
  /** Whether the run ends with the answer, as succeeded; else it goes on, and the answer is out already. */
  endWorkflow: boolean;
}

/** A new object on every call. */
export function defaultResponseNode(): ResponseNodeConfig {
  return { status: 200, contentType: 'application/json', headers: [], body: null, endWorkflow: true };
}

/** Lays what is stored over the defaults. */
export function resolveResponseNode(stored: Partial<ResponseNodeConfig> | null | undefined): ResponseNodeConfig {
  return { ...defaultResponseNode(), ...stored };
}

/** Everything that is wrong with a stored configuration; empty: nothing is. */
export function validateResponseNode(stored: unknown): ConfigIssue[] {
  const config = stored ?? {};
  const issues = reply({ endWorkflow: flag })(config, '');
  return issues.length > 0 ? issues : replyIssues('', config);
}
