import type { MetaTreeNode } from '@nocobase/flow-engine';
import { WorkflowVariableTextArea } from '@nocobase/plugin-workflow/client-v2';
import { useT } from '../../locale';
import { ConfigItem } from '../parts/ConfigItem';
import { JsonInput, jsonRule } from '../parts/JsonInput';

const JSON_TYPE = /^application\/([\w.-]+\+)?json\b/i;

export interface ResponseBodyProps {
  contentType: string;
  variables: MetaTreeNode[];
}

/** The body: a JSON value for a JSON content type, else text. */
export function ResponseBody({ contentType, variables }: ResponseBodyProps) {
  const t = useT();
  const isJson = JSON_TYPE.test(contentType);
  return (
    <ConfigItem
      // What is being typed in one editor means nothing to the other.
      key={isJson ? 'json' : 'text'}
      path="response.body"
      label={t('Body')}
      rules={isJson ? [jsonRule(t)] : []}
      extra={
        isJson
          ? t('JSON. A text that is one variable keeps the type of its value; empty: no body.')
          : t('Empty: no body.')
      }
      getValueProps={(value: unknown) => ({ value: isJson ? value : toText(value) })}
    >
      {isJson ? (
        <JsonInput variables={variables} />
      ) : (
        <WorkflowVariableTextArea metaTree={variables} autoSize={{ minRows: 4, maxRows: 16 }} />
      )}
    </ConfigItem>
  );
}

function toText(value: unknown): string {
  if (value === null || value === undefined) {
    return '';
  }
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
