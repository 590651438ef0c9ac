/** @jest-environment jsdom */
import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { Form, type FormInstance } from 'antd';
import type { ComponentType } from 'react';
import { FilterSection } from '../../../src/client-v2/panel/filter/FilterSection';
import { FailureReply } from '../../../src/client-v2/panel/response/FailureReply';
import { SchemaSection } from '../../../src/client-v2/panel/schema/SchemaSection';
import { CurrentConfigContext, useCurrentConfig } from '../../../src/client-v2/panel/useConfig';
import { ResponseNode } from '../../../src/client-v2/node/ResponseNode';
import { ResponseNodeFields } from '../../../src/client-v2/node/ResponseNodeFields';
import { validateConfig } from '../../../src/common/validateConfig';
import { validateResponseNode } from '../../../src/common/responseNode';
import { workflowClient } from './host';

jest.mock('@nocobase/flow-engine', () => jest.requireActual<typeof import('./host')>('./host').flowEngine, {
  virtual: true,
});
jest.mock(
  '@nocobase/plugin-workflow/client-v2',
  () => jest.requireActual<typeof import('./host')>('./host').workflowClient,
);

let form: FormInstance;

beforeAll(() => {
  window.matchMedia = () => ({ matches: false, addListener() {}, removeListener() {} }) as unknown as MediaQueryList;
});

/** One section in a form, as the panel shows it. */
function Section({ Component, sync = true }: { Component: ComponentType; sync?: boolean }) {
  [form] = Form.useForm();
  return (
    <workflowClient.CurrentWorkflowContext.Provider value={{ key: 'abc', type: 'webhook', sync }}>
      <Form form={form} layout="vertical">
        <Inner Component={Component} />
      </Form>
    </workflowClient.CurrentWorkflowContext.Provider>
  );
}

function Inner({ Component }: { Component: ComponentType }) {
  const current = useCurrentConfig();
  return (
    <CurrentConfigContext.Provider value={current}>
      <Component />
    </CurrentConfigContext.Provider>
  );
}

async function save(): Promise<Record<string, unknown>> {
  const { config } = (await act(() => form.validateFields())) as { config: Record<string, unknown> };
  return JSON.parse(JSON.stringify(config)) as Record<string, unknown>;
}

test('makes a schema from a sample', async () => {
  render(<Section Component={SchemaSection} />);
  fireEvent.click(screen.getByText('Make a schema from a sample'));
  fireEvent.change(screen.getByLabelText('Paste a JSON body.'), { target: { value: '{"id":' } });
  fireEvent.click(screen.getByText('Make the schema'));
  expect(screen.getByText('This is not valid JSON.')).toBeTruthy();

  fireEvent.change(screen.getByLabelText('Paste a JSON body.'), { target: { value: '{"id":1}' } });
  fireEvent.click(screen.getByText('Make the schema'));
  const config = await save();
  expect(config.body).toMatchObject({
    schema: { type: 'object', properties: { id: { type: 'number' } }, required: ['id'] },
  });
  expect(validateConfig(config)).toEqual([]);
});

test('makes a schema from the example of the provider that verifies', async () => {
  render(<Section Component={SchemaSection} />);
  fireEvent.click(screen.getByText('Make a schema from a sample'));
  expect(screen.queryByText(/^Use the example of/)).toBeNull();

  act(() => form.setFieldValue(['config', 'auth'], { type: 'provider', provider: 'mandrill', secrets: [] }));
  fireEvent.click(screen.getByText('Use the example of Mailchimp Transactional (Mandrill)'));
  fireEvent.click(screen.getByText('Make the schema'));
  expect((await save()).body).toMatchObject({
    schema: {
      properties: { mandrill_events: { type: 'array', items: { properties: { event: { type: 'string' } } } } },
    },
  });
});

test('sets a condition on what is known before a run', async () => {
  render(<Section Component={FilterSection} />);
  fireEvent.click(screen.getByText('condition on $context'));
  fireEvent.click(screen.getByLabelText('Start the workflow'));
  const config = await save();
  expect(config).toMatchObject({ filter: { group: { type: 'and' } }, filterOnError: 'start' });
  expect(validateConfig(config)).toEqual([]);
});

test('switches an answer on failure on and off', async () => {
  render(<Section Component={() => <FailureReply variables={[]} />} />);
  const [toggle] = document.querySelectorAll('button[role="switch"]');
  fireEvent.click(toggle!);
  expect((await save()).response).toMatchObject({ onFailure: { status: 500, contentType: 'application/json' } });
  fireEvent.click(toggle!);
  await waitFor(() => expect(document.querySelector('#config_response_onFailure_status')).toBeNull(), {
    timeout: 20_000,
  });
  expect((await save()).response).toMatchObject({ onFailure: null });
});

describe('the response node', () => {
  test('saves its defaults, and what was set', async () => {
    render(<Section Component={ResponseNodeFields} />);
    expect(await save()).toEqual({
      status: 200,
      contentType: 'application/json',
      headers: [],
      body: null,
      endWorkflow: true,
    });
    fireEvent.click(screen.getByLabelText('Go on with the workflow'));
    const config = await save();
    expect(config.endWorkflow).toBe(false);
    expect(validateResponseNode(config)).toEqual([]);
  });

  test.each([
    [true, 0],
    [false, 1],
  ])('tells where its answer can not be sent: sync %s', (sync, warnings) => {
    render(<Section Component={ResponseNodeFields} sync={sync} />);
    expect(screen.queryAllByText(/so this answer is not sent/)).toHaveLength(warnings);
  });

  test('is available where a caller waits, and ends the canvas where it ends the workflow', () => {
    const node = new ResponseNode();
    const available = (type: string, sync: boolean) =>
      node.isAvailable({ engine: { isWorkflowSync: () => sync }, workflow: { type }, upstream: {}, branchIndex: 0 });
    expect([available('webhook', true), available('webhook', false), available('schedule', true)]).toEqual([
      true,
      false,
      false,
    ]);
    expect([node.end({ id: 1, config: {} }), node.end({ id: 1, config: { endWorkflow: false } })]).toEqual([
      true,
      false,
    ]);
  });
});
