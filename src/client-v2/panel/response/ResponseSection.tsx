import { AutoComplete, Flex, Form, Input, InputNumber } from 'antd';
import { WorkflowVariableInput } from '@nocobase/plugin-workflow/client-v2';
import type { ResponseConfig } from '../../../common/config';
import { BODILESS_STATUSES } from '../../../common/httpFields';
import { useT } from '../../locale';
import { ConfigItem } from '../parts/ConfigItem';
import { RowList } from '../parts/RowList';
import { useConfig } from '../useConfig';
import { ModeHint } from './ModeHint';
import { ResponseBody } from './ResponseBody';
import { useRunVariables } from './useRunVariables';

const CONTENT_TYPES = ['application/json', 'text/plain', 'text/html', 'application/xml'].map((value) => ({ value }));

type ResponseHeader = ResponseConfig['headers'][number];

/** What a caller is answered. */
export function ResponseSection() {
  const t = useT();
  const { response } = useConfig();
  const variables = useRunVariables();
  return (
    <>
      <ModeHint />
      <Flex gap="middle">
        <ConfigItem path="response.status" label={t('Status')}>
          <InputNumber min={200} max={599} style={{ width: 110 }} />
        </ConfigItem>
        <ConfigItem path="response.contentType" style={{ flex: 1 }} label={t('Content type')}>
          <AutoComplete options={CONTENT_TYPES} />
        </ConfigItem>
      </Flex>
      {BODILESS_STATUSES.includes(response.status) ? (
        <Form.Item label={t('Body')}>
          {t('An answer with status {{status}} has no body.', { status: response.status })}
        </Form.Item>
      ) : (
        <ResponseBody contentType={response.contentType} variables={variables} />
      )}
      <ConfigItem path="response.headers" label={t('Headers')} style={{ marginBottom: 0 }}>
        <RowList<ResponseHeader>
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

export function ResponseSummary() {
  const { response } = useConfig();
  return <>{`${response.status} · ${response.contentType}`}</>;
}
