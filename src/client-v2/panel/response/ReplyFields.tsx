import type { MetaTreeNode } from '@nocobase/flow-engine';
import { WorkflowVariableInput } from '@nocobase/plugin-workflow/client-v2';
import { AutoComplete, Flex, Form, Input, InputNumber } from 'antd';
import type { ReplyConfig } from '../../../common/config';
import { ANY_FILE } from '../../../common/contentTypes';
import { BODILESS_STATUSES } from '../../../common/httpFields';
import { useT, type Translate } from '../../locale';
import { ConfigItem } from '../parts/ConfigItem';
import { OrVariable } from '../parts/OrVariable';
import { RowList } from '../parts/RowList';
import { ReplyBody } from './ReplyBody';

const CONTENT_TYPES = ['application/json', 'text/plain', 'text/html', 'application/xml', ANY_FILE];

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
      <Flex gap="middle" wrap>
        <ConfigItem path={`${at}status`} style={{ flex: '1 1 150px' }} label={t('Status')}>
          <OrVariable
            variables={variables}
            plainValue={200}
            plain={({ value, ...field }) => (
              <InputNumber {...field} value={value as number} min={200} max={599} style={{ width: '100%' }} />
            )}
          />
        </ConfigItem>
        <ConfigItem path={`${at}contentType`} style={{ flex: '3 1 250px' }} label={t('Content type')}>
          <OrVariable
            variables={variables}
            plainValue="application/json"
            plain={({ value, ...field }) => (
              // Enter takes what was typed, not the first of the proposals.
              <AutoComplete
                {...field}
                value={value as string}
                options={CONTENT_TYPES.map((type) => ({ value: type, label: labelOf(type, t) }))}
                defaultActiveFirstOption={false}
                style={{ width: '100%' }}
              />
            )}
          />
        </ConfigItem>
      </Flex>
      {BODILESS_STATUSES.includes(Number(reply.status)) ? (
        <Form.Item label={t('Body')}>
          {t('An answer with status {{status}} has no body.', { status: Number(reply.status) })}
        </Form.Item>
      ) : (
        <ReplyBody path={`${at}body`} contentType={reply.contentType} variables={variables} />
      )}
      <ConfigItem
        path={`${at}headers`}
        label={t('Headers')}
        extra={
          reply.headers.some(({ name }) => name.toLowerCase() === 'set-cookie')
            ? t(
                'A value in a Set-Cookie header can bring no attribute of its own. A whole cookie, or a list of them, stands in three braces.',
              )
            : undefined
        }
      >
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

/** Where what is proposed doesn't say it by itself. */
function labelOf(type: string, t: Translate): string {
  return type === ANY_FILE ? `${type} · ${t('a file, with its own type')}` : type;
}
