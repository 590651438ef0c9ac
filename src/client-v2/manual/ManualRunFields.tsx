import { Form, Input, Select } from 'antd';
import { useCurrentWorkflowContext } from '@nocobase/plugin-workflow/client-v2';
import { resolveConfig, type WebhookConfigInput } from '../../common/config';
import { pathParams } from '../../common/path';
import { useT } from '../locale';
import { JsonInput, jsonRule } from '../panel/parts/JsonInput';
import { BodyInput } from './BodyInput';

/**
 * *Execute manually*: a call typed in. The form's values are what the server's trigger takes in place of
 * a request: `{ method, headers, query, params, data }`.
 */
export function ManualRunFields() {
  const t = useT();
  const { config } = useCurrentWorkflowContext();
  const { methods, path } = resolveConfig(config as WebhookConfigInput | undefined);
  return (
    <>
      <Form.Item name="method" label={t('Method')} initialValue={methods[0]}>
        <Select options={methods.map((method) => ({ value: method, label: method }))} />
      </Form.Item>
      {pathParams(path).map((name) => (
        <Form.Item key={name} name={['params', name]} label={t('Path parameter {{name}}', { name })} initialValue="">
          <Input />
        </Form.Item>
      ))}
      <Form.Item name="data" label={t('Body')} initialValue={{}} rules={[jsonRule(t)]}>
        <BodyInput />
      </Form.Item>
      <Form.Item name="query" label={t('Query parameters')} initialValue={{}} rules={[jsonRule(t)]}>
        <JsonInput minRows={1} />
      </Form.Item>
      <Form.Item name="headers" label={t('Headers')} initialValue={{}} rules={[jsonRule(t)]}>
        <JsonInput minRows={1} />
      </Form.Item>
    </>
  );
}
