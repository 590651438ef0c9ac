import type { DeliverySummary } from '../../../common/deliveriesApi';
import { PLUGIN_NAME } from '../../../common/plugin';
import type { ReasonPlace } from '../../../common/reasons/topics';
import { sectionHash } from '../../panel/sectionHash';

/** Under these paths both clients have NocoBase's pages. */
const SETTINGS = '/admin/settings';
export const EXECUTION_PAGE = `${SETTINGS}/workflow/executions/`;
const WORKFLOW_PAGE = `${SETTINGS}/workflow/workflows/`;

/** The page with what a reason hangs on; null: it is deleted. */
export function pageOf(
  place: ReasonPlace,
  { executionId, currentWorkflowId }: Pick<DeliverySummary, 'executionId' | 'currentWorkflowId'>,
): string | null {
  if (place === 'network') {
    return `${SETTINGS}/${PLUGIN_NAME}/network`;
  }
  if (place === 'execution') {
    return executionId === null ? null : EXECUTION_PAGE + executionId;
  }
  return currentWorkflowId === null ? null : WORKFLOW_PAGE + currentWorkflowId + sectionHash(place.panel);
}
