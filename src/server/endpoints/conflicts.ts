import { Op, type Transaction } from '@nocobase/database';
import type { WorkflowModel } from '@nocobase/plugin-workflow';
import { resolveConfig } from '../../common/config';
import { parsePath, pathShape, type PathSegment } from '../../common/path';
import { TRIGGER_TYPE } from '../../common/plugin';

/** Refuses to enable a webhook whose URL another one has. NocoBase shows the message as it is. */
export class PathConflictError extends Error {
  readonly status = 400;
  readonly code = 'WEBHOOK_PATH_CONFLICT';
}

/**
 * Makes sure that no other enabled webhook takes one of this workflow's methods at the same path.
 * Looks into the database, not into this node's memory, so that it holds in a cluster.
 * Throws {@link PathConflictError}, with the other workflow's title.
 */
export async function assertPathIsFree(workflow: WorkflowModel, transaction?: Transaction | null): Promise<void> {
  const own = claim(workflow);
  const Model = workflow.constructor as typeof WorkflowModel;
  const others = await Model.findAll({
    where: { type: TRIGGER_TYPE, enabled: true, key: { [Op.ne]: workflow.key }, id: { [Op.ne]: workflow.id ?? 0 } },
    attributes: ['id', 'key', 'title', 'config'],
    transaction,
  });
  for (const other of others as WorkflowModel[]) {
    const shared = sharedMethods(own, claim(other));
    if (shared) {
      throw new PathConflictError(
        `The path "${own.path || own.key}" with ${shared} is already taken by the webhook "${other.title}" (${other.key}).`,
      );
    }
  }
}

interface Claim {
  key: string;
  path: string;
  segments: readonly PathSegment[];
  methods: readonly string[];
}

function claim({ key, config }: WorkflowModel): Claim {
  const { path, methods } = resolveConfig(config);
  const parsed = parsePath(path);
  return { key, path, segments: 'segments' in parsed ? parsed.segments : [], methods };
}

/** The methods both would answer at one URL, for a message; null: none. */
function sharedMethods(one: Claim, other: Claim): string | null {
  if (isKeyOf(one, other) || isKeyOf(other, one)) {
    return 'any method';
  }
  if (one.segments.length === 0 || pathShape(one.segments) !== pathShape(other.segments)) {
    return null;
  }
  const shared = one.methods.filter((method) => other.methods.includes(method));
  return shared.length > 0 ? shared.join(', ') : null;
}

/** A workflow key is a URL of its own with every method, so no custom path may spell one. */
function isKeyOf({ segments }: Claim, { key }: Claim): boolean {
  const [only] = segments;
  return segments.length === 1 && only !== undefined && 'literal' in only && only.literal === key;
}
