import type PluginWorkflowServer from '@nocobase/plugin-workflow';
import { Trigger, type EventOptions, type Processor, type WorkflowModel } from '@nocobase/plugin-workflow';
import { describeIssue } from '../common/validateConfig';
import { compileEndpoint } from './endpoints/Endpoint';
import type { RouteTable } from './endpoints/RouteTable';
import { manualContext } from './manualContext';
import { resealAuth } from './secrets/authSecrets';
import type { Sealer } from './secrets/Sealer';
import { configIssues } from './validateSchemas';

/** The trigger as the workflow engine knows it: keeps the routes in step with the enabled workflows. */
export class WebhookTrigger extends Trigger {
  constructor(
    workflow: PluginWorkflowServer,
    private readonly routes: RouteTable,
    private readonly sealer: Sealer,
  ) {
    super(workflow);
  }

  /** Called on enabling, on start, and when another instance of the cluster did so. */
  override on(workflow: WorkflowModel): void {
    this.routes.remove(workflow.id);
    try {
      const endpoint = compileEndpoint(workflow, this.sealer);
      this.routes.add(endpoint);
      if (endpoint.unreadableSecrets.length > 0) {
        this.workflow.getLogger(workflow.id).warn(`webhook of workflow ${workflow.id} has secrets that are unreadable`);
      }
    } catch (error) {
      this.workflow
        .getLogger(workflow.id)
        .error(`webhook of workflow ${workflow.id} has no route: its configuration can't be used`, { error });
    }
  }

  override off(workflow: WorkflowModel): void {
    this.routes.remove(workflow.id);
  }

  /**
   * A revision keeps the workflow key, and its secrets stay where they are. A copy has a new one: its secrets are sealed
   * for it, from the settings of `origin` as NocoBase read them from the database.
   */
  override duplicateConfig(instance: WorkflowModel, { origin }: { origin?: WorkflowModel }): object {
    const { config, key } = instance;
    return !origin || origin.key === key || !origin.config?.auth
      ? config
      : { ...config, auth: resealAuth(origin.config.auth, origin.key, key, this.sealer) };
  }

  /** Refuses unknown settings too, which the base class would let pass. */
  override validateConfig(config: Record<string, unknown>): Record<string, string> | null {
    const issues = configIssues(config);
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
