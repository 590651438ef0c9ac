import type PluginWorkflowServer from '@nocobase/plugin-workflow';
import { Trigger, type EventOptions, type Processor, type WorkflowModel } from '@nocobase/plugin-workflow';
import type { RouteFollower } from './endpoints/RouteFollower';
import { sayIssues } from './language';
import { manualContext } from './manualContext';
import { resealAuth } from './secrets/authSecrets';
import type { Sealer } from './secrets/Sealer';
import { configIssues } from './validateSchemas';

/** The trigger as the workflow engine knows it. */
export class WebhookTrigger extends Trigger {
  constructor(
    workflow: PluginWorkflowServer,
    private readonly routes: Pick<RouteFollower, 'hint'>,
    private readonly sealer: Sealer,
    /** Path of all webhooks, with a slash at its end. */
    private readonly base: string,
  ) {
    super(workflow);
  }

  /**
   * Called on enabling, on start, and when another instance of the cluster did so; of a switch-over to another version,
   * before that is committed, for the one and then the other. A hint, and no more: see {@link RouteFollower}.
   */
  override on(_workflow: WorkflowModel): void {
    this.routes.hint();
  }

  override off(_workflow: WorkflowModel): void {
    this.routes.hint();
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
    return sayIssues(configIssues(config));
  }

  /** *Execute manually*: `values` are the method, headers, query, params and data typed in there. */
  override async execute(
    workflow: WorkflowModel,
    values: Record<string, unknown>,
    options: EventOptions,
  ): Promise<Processor | null> {
    const processor = await this.workflow.trigger(workflow, manualContext(workflow, values, this.base), {
      ...options,
      manually: true,
    });
    return processor ?? null;
  }
}
