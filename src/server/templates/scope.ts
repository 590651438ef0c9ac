import type PluginWorkflowServer from '@nocobase/plugin-workflow';
import type { WebhookContext } from '../pipeline/types';
import type { Scope } from './render';

/** What can be filled in where there is no run: the request, `$env`, and NocoBase's `$system` variables. */
export function requestScope(
  context: WebhookContext,
  { workflows, env }: { workflows: PluginWorkflowServer; env(): Record<string, unknown> },
): Scope {
  return {
    $context: context,
    // Worked out only where a template asks for them.
    get $env() {
      return env();
    },
    get $system() {
      return systemVariables(workflows);
    },
  };
}

/** NocoBase registers them under dotted names, such as `dateRange.today`; each is a function that gives the value. */
function systemVariables({ functions }: PluginWorkflowServer): Record<string, unknown> {
  const system: Record<string, unknown> = {};
  for (const [name, give] of functions.getEntities()) {
    const path = name.split('.');
    const last = path.pop() ?? name;
    const parent = path.reduce((group, key) => (group[key] ??= {}) as Record<string, unknown>, system);
    parent[last] = give;
  }
  return system;
}
