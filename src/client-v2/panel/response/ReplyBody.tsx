import type { MetaTreeNode } from '@nocobase/flow-engine';
import { WorkflowVariableTextArea } from '@nocobase/plugin-workflow/client-v2';
import { formatOf, isJson, isMarkup, mediaTypeOf } from '../../../common/contentTypes';
import { text, useT } from '../../locale';
import { ConfigItem } from '../parts/ConfigItem';
import { JsonInput, jsonRule } from '../parts/JsonInput';

export interface ReplyBodyProps {
  /** Where the body stands in the configuration. */
  path: string;
  contentType: string;
  variables: MetaTreeNode[];
}

/** The body: a JSON value for a JSON content type, else text. */
export function ReplyBody({ path, contentType, variables }: ReplyBodyProps) {
  const t = useT();
  const asJson = isJson(contentType);
  return (
    <ConfigItem
      // What is being typed in one editor means nothing to the other.
      key={asJson ? 'json' : 'text'}
      path={path}
      label={t('Body')}
      rules={asJson ? [jsonRule(t)] : []}
      extra={t(hintOf(contentType))}
      getValueProps={(value: unknown) => ({ value: asJson ? value : toText(value) })}
    >
      {asJson ? (
        <JsonInput variables={variables} />
      ) : (
        <WorkflowVariableTextArea metaTree={variables} autoSize={{ minRows: 4, maxRows: 16 }} />
      )}
    </ConfigItem>
  );
}

/** What a maker has to know about bodies of this type; English, and the i18n key. */
function hintOf(contentType: string): string {
  if (isJson(contentType)) {
    return text('JSON. A text that is one variable keeps the type of its value; empty: no body.');
  }
  if (formatOf(mediaTypeOf(contentType)) === 'binary') {
    return text(
      'A variable that is an attachment, or an object with base64 and contentType, goes out as that file. Empty: no body.',
    );
  }
  return isMarkup(contentType)
    ? text(
        'Values are escaped, so that none brings markup of its own; one in three braces is not. The page runs no scripts, unless a Content-Security-Policy among the headers lets it. Empty: no body.',
      )
    : text('Empty: no body.');
}

function toText(value: unknown): string {
  if (value === null || value === undefined) {
    return '';
  }
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
