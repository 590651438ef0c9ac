import type PluginWorkflowServer from '@nocobase/plugin-workflow';
import { Trigger, type EventOptions, type Processor, type WorkflowModel } from '@nocobase/plugin-workflow';
import { describeIssue, validateConfig } from '../common/validateConfig';
import { compileEndpoint } from './endpoints/Endpoint';
import type { RouteTable } from './endpoints/RouteTable';
import { manualContext } from './manualContext';
import type { Unseal } from './secrets';
import { validateSchemas } from './validateSchemas';

/** The trigger as the workflow engine knows it: keeps the routes in step with the enabled workflows. */
export class WebhookTrigger extends Trigger {
  constructor(
    workflow: PluginWorkflowServer,
    private readonly routes: RouteTable,
    private readonly unseal: Unseal,
  ) {
    super(workflow);
  }

  /** Called on enabling, on start, and when another node of the cluster did so. */
  override on(workflow: WorkflowModel): void {
    this.routes.remove(workflow.id);
    try {
      this.routes.add(compileEndpoint(workflow, this.unseal));
    } catch (error) {
      this.workflow
        .getLogger(workflow.id)
        .error(`webhook of workflow ${workflow.id} has no route: its configuration can't be used`, { error });
    }
  }

  override off(workflow: WorkflowModel): void {
    this.routes.remove(workflow.id);
  }

  /** Refuses unknown settings too, which the base class would let pass. */
  override validateConfig(config: Record<string, unknown>): Record<string, string> | null {
    const shape = validateConfig(config);
    const issues = shape.length > 0 ? shape : validateSchemas(config);
    return issues.length === 0
      ? null
      : Object.fromEntries(issues.map((issue) => [issue.path, `${issue.path}: ${describeIssue(issue)}`]));
  }

  /** *Execute manually*: `values` are the method, headers, query, params and data typed in there. */
  override async execute(
    workflow: WorkflowModel,
    values: Record<string, unknown>,
    options: EventOptions,
  ): Promise<Processor | null> {
    const processor = await this.workflow.trigger(workflow, manualContext(workflow, values), {
      ...options,
      manually: true,
    });
    return processor ?? null;
  }
}
