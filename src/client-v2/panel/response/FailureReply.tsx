import { Form, Switch } from 'antd';
import type { MetaTreeNode } from '@nocobase/flow-engine';
import type { ReplyConfig } from '../../../common/config';
import { useT } from '../../locale';
import { ConfigItem } from '../parts/ConfigItem';
import { ReplyFields } from './ReplyFields';

/** An answer of its own for a run that failed, in place of the plain 500. */
export function FailureReply({ variables }: { variables: MetaTreeNode[] }) {
  const t = useT();
  const form = Form.useFormInstance();
  // From the store itself: the fields below, while they are there, would make an object of null.
  const onFailure = Form.useWatch<ReplyConfig | null>(['config', 'response', 'onFailure'], { form, preserve: true });
  return (
    <>
      <ConfigItem
        path="response.onFailure"
        isGroup
        label={t('Answer differently when the workflow fails')}
        extra={t('Without it: status 500 and the code WORKFLOW_FAILED.')}
        getValueProps={(value: unknown) => ({ checked: Boolean(value) })}
        getValueFromEvent={(checked: boolean) => (checked ? failureReply() : null)}
      >
        <Switch />
      </ConfigItem>
      {onFailure ? (
        <Form.Item style={{ paddingInlineStart: 16, marginBottom: 0 }}>
          <ReplyFields at="response.onFailure." reply={onFailure} variables={variables} />
        </Form.Item>
      ) : null}
    </>
  );
}

function failureReply(): ReplyConfig {
  return { status: 500, contentType: 'application/json', headers: [], body: null };
}
