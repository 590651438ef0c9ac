import { useCurrentWorkflowContext, useWorkflowVariableOptions } from '@nocobase/plugin-workflow/client-v2';
import { Alert, Form, Radio } from 'antd';
import { defaultResponseNode, resolveResponseNode, validateResponseNode } from '../../common/responseNode';
import { useT } from '../locale';
import { ConfigItem, ConfigKindContext } from '../panel/parts/ConfigItem';
import { ReplyFields } from '../panel/response/ReplyFields';

const NODE = { defaults: defaultResponseNode, validate: validateResponseNode };

/** The settings of a *Webhook response* node, inside NocoBase's own form and drawer. */
export function ResponseNodeFields() {
  const t = useT();
  const form = Form.useFormInstance();
  const { sync } = useCurrentWorkflowContext();
  const variables = useWorkflowVariableOptions();
  const reply = resolveResponseNode(Form.useWatch('config', form) ?? form.getFieldValue('config'));
  return (
    <ConfigKindContext.Provider value={NODE}>
      {sync ? null : (
        <Alert
          type="warning"
          showIcon
          style={{ marginBottom: 16 }}
          message={t(
            'This workflow runs asynchronously: its caller has been answered before this node runs, so this answer is not sent.',
          )}
        />
      )}
      <ReplyFields at="" reply={reply} variables={variables} />
      <ConfigItem path="endWorkflow" label={t('After the answer')} style={{ marginBottom: 0 }}>
        <Radio.Group
          options={[
            { value: true, label: t('End the workflow') },
            { value: false, label: t('Go on with the workflow') },
          ]}
        />
      </ConfigItem>
    </ConfigKindContext.Provider>
  );
}
