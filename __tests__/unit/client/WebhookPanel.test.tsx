/** @jest-environment jsdom */
import { createCache, StyleProvider } from '@ant-design/cssinjs';
import { act, configure, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { Form, type FormInstance } from 'antd';
import { useEffect } from 'react';
import { WebhookPanel } from '../../../src/client-v2/panel/WebhookPanel';
import type { SignatureAuth } from '../../../src/common/auth';
import type { WebhookConfigInput } from '../../../src/common/config';
import { flowEngine, workflowClient } from './host';

jest.mock('@nocobase/flow-engine', () => jest.requireActual<typeof import('./host')>('./host').flowEngine, {
  virtual: true,
});
jest.mock(
  '@nocobase/plugin-workflow/client-v2',
  () => jest.requireActual<typeof import('./host')>('./host').workflowClient,
);

// antd in jsdom is slow, and slower beside other tests.
configure({ asyncUtilTimeout: 30_000 });

const cache = createCache();
let form: FormInstance;

beforeAll(() => {
  // antd asks for the screen's width, which jsdom doesn't know.
  window.matchMedia = () => ({ matches: false, addListener() {}, removeListener() {} }) as unknown as MediaQueryList;
});

interface Workflow {
  id?: number;
  config?: WebhookConfigInput;
  sync?: boolean;
  enabled?: boolean;
}

/** Puts the panel into a form as NocoBase's drawer does; `executed` makes it read-only, as there. */
function Drawer({ workflow, executed = false }: { workflow: Workflow; executed?: boolean }) {
  [form] = Form.useForm();
  useEffect(() => {
    form.setFieldsValue({ config: workflow.config ?? {} });
  }, [workflow]);
  return (
    <workflowClient.CurrentWorkflowContext.Provider value={{ key: 'abc', type: 'webhook', ...workflow }}>
      {/* As on a server: styles are worked out, but not put into the page, where jsdom would match them all. */}
      <StyleProvider mock="server" cache={cache}>
        <Form form={form} layout="vertical" disabled={executed}>
          <WebhookPanel />
        </Form>
      </StyleProvider>
    </workflowClient.CurrentWorkflowContext.Provider>
  );
}

/** Buttons by their accessible name; `getByRole` would also work out which are visible, which takes jsdom long. */
function buttons(name: string): HTMLButtonElement[] {
  return [...document.querySelectorAll<HTMLButtonElement>('button')].filter(
    (button) => (button.getAttribute('aria-label') ?? button.textContent) === name,
  );
}

function click(name: string): void {
  const [button] = buttons(name);
  if (!button) {
    throw new Error(`No button "${name}"`);
  }
  fireEvent.click(button);
}

/** What NocoBase would store: JSON of what the form's fields hold. */
async function save(): Promise<WebhookConfigInput> {
  // A rejection inside `act` would leave what it shows unrendered.
  const outcome = await act(() =>
    form.validateFields().then(
      (values) => ({ values }),
      (error: unknown) => ({ error }),
    ),
  );
  if ('error' in outcome) {
    throw outcome.error;
  }
  return JSON.parse(JSON.stringify(outcome.values.config)) as WebhookConfigInput;
}

test('a new webhook saves the defaults, and shows its URL', async () => {
  render(<Drawer workflow={{}} />);
  expect(screen.getByText('https://nb.example/api/webhooks/abc')).toBeTruthy();
  await waitFor(async () =>
    expect(await save()).toMatchObject({ path: '', methods: ['POST'], auth: { type: 'none' } }),
  );
});

test('settings that the panel has no field for are saved as they were', async () => {
  const config: WebhookConfigInput = {
    auth: {
      type: 'signature',
      sig: { from: 'header:x-sig', all: true },
      key: { enc: 'hex', idFrom: 'header:x-key' },
      secrets: [{ name: 'old', sealed: 'aabb' }],
    },
    syncTimeout: 1234,
  };
  render(<Drawer workflow={{ config }} />);
  expect(await save()).toMatchObject(config);
});

test('failed runs are tried again as is set, not at all, or as it begins', async () => {
  const config: WebhookConfigInput = { retry: { times: 5, backoff: 10, on: ['failed', 'interrupted'] } };
  render(<Drawer workflow={{ config }} />);
  expect(await save()).toMatchObject(config);
  const toggle = () => {
    const element = document.querySelector('#config_retry');
    if (!element) {
      throw new Error('no switch');
    }
    fireEvent.click(element);
  };
  toggle();
  expect((await save()).retry).toBeNull();
  toggle();
  await waitFor(async () =>
    expect((await save()).retry).toEqual({ times: 3, backoff: 60, on: ['failed', 'timedOut'] }),
  );
});

test('warns above the sections where all callers of the webhook have one address', async () => {
  const { apiClient } = flowEngine.useFlowEngine().context.app;
  const request = jest
    .spyOn(apiClient, 'request')
    .mockImplementation(((options: { url: string }) =>
      options.url === 'webhookSettings:get?with=sharedAddress&key=abc'
        ? Promise.resolve({ data: { data: { sharedAddress: { address: '10.0.0.5', calls: 42, forwarded: false } } } })
        : new Promise(() => undefined)) as unknown as typeof apiClient.request);
  render(<Drawer workflow={{}} />);
  const warning = (await screen.findByText('All callers have the address 10.0.0.5')).closest('[role=alert]');
  expect(warning?.textContent).toContain('The last 42 calls, to several webhooks');
  expect(warning?.closest('.ant-collapse')).toBeNull();
  request.mockRestore();
});

test.each<[string, Partial<SignatureAuth>]>([
  ['a public key', { kind: 'rsa', padding: 'pss', alg: 'sha512', key: { enc: 'pem', url: 'https://a.example/jwks' } }],
  ['a detached JWS', { kind: 'jws', algorithms: ['ES256'] }],
  [
    'headers that are signed and an item in parts',
    {
      content: '{headers}\n{body}',
      headers: { names: 'header:x-list', join: ';', required: ['x-date'] },
      sig: { from: ['header:a', 'header:b'], any: true, item: 2, parts: { by: '/', sig: 3, key: 1 } },
      ts: { from: 'header:x-date', unit: 'rfc3339', tol: 60 },
    },
  ],
  [
    'a challenge',
    {
      handshake: [
        {
          kind: 'crc',
          when: { method: 'GET', 'query:mode': 'check', has: 'query:crc' },
          auth: 'none',
          reply: { status: 200, headers: { 'X-Answer': '{query:crc}' }, body: '{hmac-hex:query:crc}' },
        },
      ],
    },
  ],
])('a custom signature with %s is shown and saved as it was', async (_what, change) => {
  const auth: SignatureAuth = { type: 'signature', kind: 'hmac', sig: { from: 'header:x' }, secrets: [], ...change };
  render(<Drawer workflow={{ config: { auth } }} />);
  expect(await save()).toMatchObject({ auth });
});

test('a ping or challenge is added and taken away', async () => {
  const auth: SignatureAuth = { type: 'signature', sig: { from: 'header:x' }, secrets: [] };
  render(<Drawer workflow={{ config: { auth } }} />);
  fireEvent.click(screen.getByRole('button', { name: /Add a ping or challenge/ }));
  fireEvent.change(screen.getByLabelText('Answer'), { target: { value: '{secret}' } });
  await expect(save()).rejects.toBeTruthy();
  fireEvent.change(screen.getByLabelText('Answer'), { target: { value: '{query:challenge}' } });
  expect(await save()).toMatchObject({
    auth: { handshake: [{ when: { method: 'GET', has: 'query:challenge' }, auth: 'none', reply: { status: 200 } }] },
  });
  fireEvent.click(screen.getByRole('button', { name: /Remove challenge 1/ }));
  expect((await save()).auth).not.toHaveProperty('handshake');
});

test('what a ping is known by stays while more is added, and is stored once it is named', async () => {
  const ask = { kind: 'ask', when: { has: 'query:a' }, auth: 'none' as const, reply: { status: 200 } };
  const auth: SignatureAuth = { type: 'signature', sig: { from: 'header:x' }, secrets: [], handshake: [ask] };
  render(<Drawer workflow={{ config: { auth } }} />);
  const places = () => [...document.querySelectorAll<HTMLInputElement>('.ant-space-compact > input')];
  const inCondition = (name: string) => places().filter(({ value }) => value === name);
  fireEvent.click(screen.getByRole('button', { name: /Add a condition/ }));
  expect(inCondition('a')).toHaveLength(1);
  fireEvent.change(places().at(-1) as HTMLElement, { target: { value: 'b' } });
  expect((await save()).auth).toMatchObject({ handshake: [{ when: { has: ['query:a', 'header:b'] } }] });
  for (let count = 0; count < 2; count += 1) {
    fireEvent.click(screen.getByRole('button', { name: /Add a header/ }));
  }
  expect(screen.getAllByLabelText('Header name')).toHaveLength(2);
  fireEvent.change(screen.getAllByLabelText('Header name')[1] as HTMLElement, { target: { value: 'X-Second' } });
  fireEvent.change(screen.getAllByLabelText('Header value')[1] as HTMLElement, { target: { value: '{query:a}' } });
  expect((await save()).auth).toMatchObject({
    handshake: [{ reply: { headers: { 'X-Header': '', 'X-Second': '{query:a}' } } }],
  });
});

test('what a JSON Web Token has to say is set, and saved as it was', async () => {
  const auth: WebhookConfigInput['auth'] = {
    type: 'jwt',
    name: 'plaid-verification',
    algorithms: ['ES256'],
    publicKey: '{"kty":"EC"}',
    requireExpiry: false,
    maxAge: 300,
    claims: { email: 'a@b.example', iss: ['x', 'y'] },
    bodyHash: { claim: 'request_body_sha256', alg: 'sha512', enc: 'base64' },
  };
  render(<Drawer workflow={{ config: { auth } }} />);
  expect(await save()).toMatchObject({ auth });
  fireEvent.click(screen.getByRole('button', { name: /Add a claim/ }));
  expect((await save()).auth).toMatchObject({ claims: { email: 'a@b.example', iss: ['x', 'y'] } });
  fireEvent.change(screen.getAllByLabelText('Claim')[2] as HTMLElement, { target: { value: 'email_verified' } });
  const values = document.querySelectorAll('[aria-label=Values] input')[2] ?? document.body;
  fireEvent.change(values, { target: { value: 'true' } });
  fireEvent.keyDown(values, { key: 'Enter', keyCode: 13 });
  expect((await save()).auth).toMatchObject({
    claims: { email: 'a@b.example', iss: ['x', 'y'], email_verified: 'true' },
  });
  fireEvent.click(screen.getByRole('switch', { name: 'A claim holds a hash of the body' }));
  await waitFor(() => expect(screen.queryByLabelText('Claim with the hash')).toBeNull());
  expect((await save()).auth).not.toHaveProperty('bodyHash');
});

test('groups of a custom signature go as they came', async () => {
  const auth: SignatureAuth = {
    type: 'signature',
    sig: { from: 'header:x', parts: { by: '/', sig: 2 } },
    ts: { from: 'header:t', tol: 9 },
    secrets: [],
  };
  render(<Drawer workflow={{ config: { auth } }} />);
  fireEvent.click(screen.getByRole('switch', { name: 'The call carries a signed time' }));
  await waitFor(() => expect(screen.queryByLabelText('Clock tolerance')).toBeNull());
  fireEvent.click(document.querySelector('button[aria-label="The signature is one part of several"]') as HTMLElement);
  await waitFor(() => expect(screen.queryByLabelText('Signature: part')).toBeNull());
  const saved = (await save()).auth as SignatureAuth;
  expect(saved).not.toHaveProperty('ts');
  expect(saved.sig).not.toHaveProperty('parts');
});

test('MD5 is warned of', () => {
  const auth: SignatureAuth = { type: 'signature', alg: 'md5', sig: { from: 'header:x' }, secrets: [] };
  render(<Drawer workflow={{ config: { auth } }} />);
  expect(screen.getByText(/MD5 is broken/)).toBeTruthy();
});

test('a problem that no visible field has is shown, and stops the save', async () => {
  render(<Drawer workflow={{ config: { rateLimits: 1 } as WebhookConfigInput }} />);
  await expect(save()).rejects.toBeTruthy();
  expect(await screen.findByText(/Unknown setting "rateLimits"/)).toBeTruthy();
});

test("says what the server would say of a path, at the path's field", async () => {
  render(<Drawer workflow={{}} />);
  fireEvent.change(screen.getByLabelText('Custom path'), { target: { value: 'a/:1' } });
  expect(await screen.findByText(/":1" is not a parameter/)).toBeTruthy();
});

test('a custom path gives a second URL, and the example calls it', () => {
  render(<Drawer workflow={{ config: { path: 'orders/:id' } }} />);
  expect(screen.getByText('https://nb.example/api/webhooks/orders/:id')).toBeTruthy();
  expect(screen.getByText('https://nb.example/api/webhooks/abc')).toBeTruthy();
  expect(screen.getByText(/curl -i -X POST 'https:\/\/nb.example\/api\/webhooks\/orders\/id'/)).toBeTruthy();
});

test('with a public URL, that is what is shown, and what the example calls', async () => {
  const { app } = flowEngine.useFlowEngine().context;
  const { apiClient } = app;
  const settings = { data: { data: { publicUrl: 'https://hooks.example.com/nb' } } };
  Object.assign(app, { apiClient: { request: () => Promise.resolve(settings) } });
  try {
    render(<Drawer workflow={{ config: { path: 'orders' } }} />);
    expect(await screen.findByText('https://hooks.example.com/nb/api/webhooks/orders')).toBeTruthy();
    expect(screen.getByText('https://hooks.example.com/nb/api/webhooks/abc')).toBeTruthy();
    expect(screen.getByText(/curl -i -X POST 'https:\/\/hooks.example.com\/nb\/api\/webhooks\/orders'/)).toBeTruthy();
  } finally {
    Object.assign(app, { apiClient });
  }
});

test('the word before a JSON Web Token is Bearer, unless it is taken away', async () => {
  const auth = { type: 'jwt' as const, algorithms: ['HS256' as const], secrets: [{ sealed: 'aabb' }] };
  render(<Drawer workflow={{ config: { auth } }} />);
  const word = () => screen.getByLabelText<HTMLInputElement>('Word before the token');
  expect(word().value).toBe('Bearer');
  expect((await save()).auth).toEqual(expect.not.objectContaining({ scheme: expect.anything() as unknown }));
  fireEvent.change(word(), { target: { value: '' } });
  expect(word().value).toBe('');
  expect((await save()).auth).toMatchObject({ ...auth, scheme: '' });
});

test('nothing stands before a JSON Web Token in a header of its own, or before a token, unless it is given', async () => {
  const jwt = { type: 'jwt' as const, name: 'x-jwt', algorithms: ['HS256' as const], secrets: [] };
  const { unmount } = render(<Drawer workflow={{ config: { auth: jwt } }} />);
  expect(screen.getByLabelText<HTMLInputElement>('Word before the token').value).toBe('');
  unmount();
  const token = { type: 'token' as const, in: 'header' as const, name: 'authorization', secrets: [] };
  render(<Drawer workflow={{ config: { auth: token } }} />);
  const word = screen.getByLabelText<HTMLInputElement>('Word before the token');
  expect(word.value).toBe('');
  fireEvent.change(word, { target: { value: 'Token' } });
  expect((await save()).auth).toMatchObject({ scheme: 'Token' });
});

describe('secrets', () => {
  const auth = { type: 'token' as const, in: 'header' as const, name: 'x-api-key' };

  test('a stored one is not shown, survives a save, and can be replaced', async () => {
    const config = { auth: { ...auth, secrets: [{ name: 'first', sealed: 'aabb' }] } };
    const { container } = render(<Drawer workflow={{ config }} />);
    expect(container.innerHTML).not.toContain('aabb');
    expect((await save()).auth).toEqual(config.auth);

    click('Replace Token');
    fireEvent.change(screen.getByLabelText('Token'), { target: { value: 'new' } });
    expect((await save()).auth).toEqual({ ...auth, secrets: [{ name: 'first', value: 'new' }] });
  });

  test('a stored one that was to be replaced can be kept after all', async () => {
    const config = { auth: { ...auth, secrets: [{ sealed: 'aabb' }, { sealed: 'ccdd' }] } };
    render(<Drawer workflow={{ config }} />);
    click('Replace Token');
    click('Keep the stored one');
    expect((await save()).auth).toEqual(config.auth);
  });

  test('a stored one that the server can not read is called so, until it is entered again', async () => {
    const { app } = flowEngine.useFlowEngine().context;
    const { request } = app.apiClient;
    const answer = jest.fn(({ url }: { url: string }) =>
      Promise.resolve({ data: { data: url.includes('nodes:list') ? [] : { unreadable: ['aabb'] } } }),
    );
    Object.assign(app.apiClient, { request: answer });
    try {
      const config = { auth: { ...auth, secrets: [{ sealed: 'aabb' }, { sealed: 'ccdd' }] } };
      render(<Drawer workflow={{ id: 7, config }} />);
      expect(await screen.findAllByText('Secret unreadable')).toHaveLength(1);
      expect(screen.getAllByText('Stored, encrypted')).toHaveLength(1);
      expect(answer).toHaveBeenCalledWith(
        expect.objectContaining({ url: 'webhookEndpoints:unreadableSecrets?filterByTk=7' }),
      );
      click('Replace Token');
      expect(screen.queryByText('Secret unreadable')).toBeNull();
      expect(screen.queryByText('A stored secret is unreadable.')).toBeNull();
    } finally {
      Object.assign(app.apiClient, { request });
    }
  });

  test('a stored one is unreadable as soon as it is to be read in another way', async () => {
    const config = {
      auth: { type: 'signature' as const, sig: { from: 'header:x' as const }, secrets: [{ sealed: 'aabb' }] },
    };
    render(<Drawer workflow={{ config }} />);
    expect(screen.getByText('Stored, encrypted')).toBeTruthy();
    fireEvent.change(screen.getByLabelText('Prefix of the secret'), { target: { value: 'whsec_' } });
    expect(screen.getByText('Secret unreadable')).toBeTruthy();
    expect(screen.getByText('A stored secret is unreadable.')).toBeTruthy();
    expect((await save()).auth).toMatchObject({ key: { strip: 'whsec_' }, secrets: [{ sealed: 'aabb' }] });
  });

  test('a stored one is unreadable as soon as it is to stand in the signed text, and is as before with all else', () => {
    const config = {
      auth: { type: 'signature' as const, sig: { from: 'header:x' as const }, secrets: [{ sealed: 'aabb' }] },
    };
    render(<Drawer workflow={{ config }} />);
    const signed = screen.getByLabelText('Signed text');
    fireEvent.change(signed, { target: { value: '{ts}.{body}' } });
    expect(screen.queryByText('Secret unreadable')).toBeNull();
    fireEvent.change(signed, { target: { value: '{sorted:secret,query:a}' } });
    expect(screen.getByText('Secret unreadable')).toBeTruthy();
    fireEvent.change(signed, { target: { value: '{body}' } });
    expect(screen.queryByText('Secret unreadable')).toBeNull();
  });

  test('a generated one is shown once, with 256 bits', async () => {
    render(<Drawer workflow={{ config: { auth: { ...auth, secrets: [] } } }} />);
    expect(screen.getAllByText('Every call is refused until a secret is set.')).toHaveLength(2);
    click('Generate');
    expect(screen.getByText(/never shown again/)).toBeTruthy();
    const saved = (await save()).auth;
    expect(saved).toEqual({ ...auth, secrets: [{ value: expect.stringMatching(/^[\w-]{43}$/) }] });
    expect(screen.queryByText('Every call is refused until a secret is set.')).toBeNull();
  });

  test('a variable is taken by its name', async () => {
    render(<Drawer workflow={{ config: { auth: { ...auth, secrets: [] } } }} />);
    click('Use a variable for Token');
    expect((await save()).auth).toEqual({ ...auth, secrets: [{ value: '{{$env.HOOK_SECRET}}' }] });
    expect(screen.getByText('{{$env.HOOK_SECRET}}')).toBeTruthy();
  });

  test('removing the last one leaves an empty list', async () => {
    render(<Drawer workflow={{ config: { auth: { ...auth, secrets: [{ sealed: 'aabb' }] } } }} />);
    click('Remove Token 1');
    expect((await save()).auth).toEqual({ ...auth, secrets: [] });
  });
});

test('an executed workflow can only be read: its fields are off, its URL can be copied', () => {
  render(<Drawer executed workflow={{ enabled: true }} />);
  expect(screen.getByLabelText<HTMLInputElement>('Custom path').disabled).toBe(true);
  expect(buttons('Copy').length).toBeGreaterThan(1);
  expect(screen.queryByText(/calls are answered with 404/)).toBeNull();
});

test('a body that is not JSON stops the save', async () => {
  render(<Drawer workflow={{ config: { response: { body: { ok: true } } } }} />);
  const body = document.querySelector<HTMLTextAreaElement>('#config_response_body')!;
  fireEvent.change(body, { target: { value: '{"ok":' } });
  await expect(save()).rejects.toBeTruthy();
  fireEvent.change(body, { target: { value: '{"ok":"{{$context.data.id}}"}' } });
  expect((await save()).response?.body).toEqual({ ok: '{{$context.data.id}}' });
});

test('a sync workflow has a longest wait; an async one has none', () => {
  const { unmount } = render(<Drawer workflow={{ sync: true }} />);
  expect(screen.getByLabelText('Longest wait')).toBeTruthy();
  unmount();
  render(<Drawer workflow={{ sync: false }} />);
  expect(screen.queryByLabelText('Longest wait')).toBeNull();
});

test('variables are read from a pasted sample', async () => {
  render(<Drawer workflow={{}} />);
  click('From a sample');
  fireEvent.change(screen.getByLabelText('Paste a JSON body.'), { target: { value: '{"a":{"b":1}}' } });
  click('Add its variables');
  expect((await save()).variables?.data).toEqual([
    { path: 'a', type: 'object' },
    { path: 'a.b', type: 'number' },
  ]);
});

test('variables of the body are read from the example of the provider that verifies', async () => {
  render(<Drawer workflow={{ config: { auth: { type: 'provider', provider: 'wecom', secrets: [] } } }} />);
  for (const button of screen.getAllByText('From a sample')) {
    fireEvent.click(button);
  }
  // Headers and a query have no example.
  expect(screen.getAllByText('Use the example of WeCom (企业微信)')).toHaveLength(1);
  click('Use the example of WeCom (企业微信)');
  click('Add its variables');
  expect((await save()).variables?.data).toEqual(expect.arrayContaining([{ path: 'xml.Event', type: 'string' }]));
});

test('a name that no template can hold is given an alias when it is read, and asks for one when it is typed', async () => {
  render(<Drawer workflow={{ config: { variables: { query: [{ path: 'q', alias: 'a_b' }] } } }} />);
  click('From a sample');
  fireEvent.change(screen.getByLabelText('Paste a JSON body.'), { target: { value: '{"a.b":1,"c":2}' } });
  click('Add its variables');
  const read = [
    { path: '["a.b"]', alias: 'a_b_2', type: 'number' },
    { path: 'c', type: 'number' },
  ];
  expect((await save()).variables?.data).toEqual(read);

  click('Add variable');
  const [name] = screen.getAllByLabelText('Name of variable 3');
  fireEvent.change(name as HTMLElement, { target: { value: ' prénom ' } });
  fireEvent.blur(name as HTMLElement);
  expect(screen.getByText('No template can name this: it needs an alias.')).toBeTruthy();
  await expect(save()).rejects.toMatchObject({
    errorFields: [{ name: ['config'] }, { errors: ['No template can name prénom: give it an alias, such as prenom.'] }],
  });
  click('Use prenom');
  expect(screen.queryByText('No template can name this: it needs an alias.')).toBeNull();
  expect((await save()).variables?.data).toEqual([...read, { path: 'prénom', type: 'string', alias: 'prenom' }]);
});

test('shows the aliases that a schema’s names have, until they are declared', async () => {
  const schema = { properties: { prénom: {}, plain: {}, 'a.b': {} } };
  const declared = [{ path: '["a.b"]', alias: 'mine' }];
  render(<Drawer workflow={{ config: { body: { schema }, variables: { data: declared } } }} />);
  expect(await screen.findByText('prenom')).toBeTruthy();
  expect(screen.queryByText('a_b')).toBeNull();
});

test('the parameters of the path can have an alias too, and repeats be told by one', async () => {
  render(<Drawer workflow={{ config: { path: 'orders/:id', dedupe: { key: 'vars:order' } } }} />);
  await expect(save()).rejects.toMatchObject({
    errorFields: [{ name: ['config'] }, { errors: ['No variable has the alias order.'] }],
  });
  fireEvent.change(screen.getByLabelText('Alias of id'), { target: { value: 'order' } });
  expect(await save()).toMatchObject({
    variables: { params: [{ path: 'id', alias: 'order' }] },
    dedupe: { key: 'vars:order' },
  });
});
