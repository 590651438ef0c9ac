import type { MetaTreeNode } from '@nocobase/flow-engine';
import { WorkflowVariableInput } from '@nocobase/plugin-workflow/client-v2';
import { AutoComplete, Flex, Form, Input, InputNumber } from 'antd';
import type { ReplyConfig } from '../../../common/config';
import { BODILESS_STATUSES } from '../../../common/httpFields';
import { useT } from '../../locale';
import { ConfigItem } from '../parts/ConfigItem';
import { RowList } from '../parts/RowList';
import { ReplyBody } from './ReplyBody';

const CONTENT_TYPES = ['application/json', 'text/plain', 'text/html', 'application/xml'].map((value) => ({ value }));

type ReplyHeader = ReplyConfig['headers'][number];

export interface ReplyFieldsProps {
  /** Where the reply stands in the configuration, with a dot at its end; empty: it is the configuration. */
  at: '' | `${string}.`;
  /** As it stands in the form right now. */
  reply: ReplyConfig;
  variables: MetaTreeNode[];
}

/** Status, content type, body and headers of one answer. */
export function ReplyFields({ at, reply, variables }: ReplyFieldsProps) {
  const t = useT();
  return (
    <>
      <Flex gap="middle">
        <ConfigItem path={`${at}status`} label={t('Status')}>
          <InputNumber min={200} max={599} style={{ width: 110 }} />
        </ConfigItem>
        <ConfigItem path={`${at}contentType`} style={{ flex: 1 }} label={t('Content type')}>
          {/* Enter takes what was typed, not the first of the proposals. */}
          <AutoComplete options={CONTENT_TYPES} defaultActiveFirstOption={false} />
        </ConfigItem>
      </Flex>
      {BODILESS_STATUSES.includes(reply.status) ? (
        <Form.Item label={t('Body')}>
          {t('An answer with status {{status}} has no body.', { status: reply.status })}
        </Form.Item>
      ) : (
        <ReplyBody path={`${at}body`} contentType={reply.contentType} variables={variables} />
      )}
      <ConfigItem path={`${at}headers`} label={t('Headers')}>
        <RowList<ReplyHeader>
          newRow={() => ({ name: '', value: '' })}
          addLabel={t('Add header')}
          rowLabel={t('Header')}
          renderRow={(header, change, index) => (
            <Flex gap="small">
              <Input
                style={{ flex: 2 }}
                aria-label={t('Name of header {{number}}', { number: index + 1 })}
                placeholder={t('Name')}
                value={header.name}
                onChange={(event) => change({ name: event.target.value })}
              />
              <div style={{ flex: 3, minWidth: 0 }}>
                <WorkflowVariableInput
                  metaTree={variables}
                  placeholder={t('Value')}
                  value={header.value}
                  onChange={(value) => change({ value })}
                />
              </div>
            </Flex>
          )}
        />
      </ConfigItem>
    </>
  );
}
