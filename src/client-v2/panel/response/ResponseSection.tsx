import { useCurrentWorkflowContext } from '@nocobase/plugin-workflow/client-v2';
import { useConfig } from '../useConfig';
import { FailureReply } from './FailureReply';
import { ModeHint } from './ModeHint';
import { ReplyFields } from './ReplyFields';
import { useRunVariables } from './useRunVariables';

/** What a caller is answered. */
export function ResponseSection() {
  const { response } = useConfig();
  const { sync } = useCurrentWorkflowContext();
  const variables = useRunVariables();
  return (
    <>
      <ModeHint />
      <ReplyFields at="response." reply={response} variables={variables} />
      {sync ? <FailureReply variables={variables} /> : null}
    </>
  );
}

export function ResponseSummary() {
  const { response } = useConfig();
  return <>{`${response.status} · ${response.contentType}`}</>;
}
