/** @jest-environment jsdom */
import { createCache, StyleProvider } from '@ant-design/cssinjs';
import { act, fireEvent, render, screen } from '@testing-library/react';
import { App, Form, type FormInstance } from 'antd';
import { useEffect, type ReactNode } from 'react';
import { AllowlistSection } from '../../../src/client-v2/panel/network/AllowlistSection';
import { CorsSection } from '../../../src/client-v2/panel/network/CorsSection';
import { RateLimitSection } from '../../../src/client-v2/panel/network/RateLimitSection';
import { CurrentConfigContext, useCurrentConfig } from '../../../src/client-v2/panel/useConfig';
import SettingsPage from '../../../src/client-v2/settings/SettingsPage';
import type { WebhookConfigInput } from '../../../src/common/config';
import type { WebhookSettings } from '../../../src/common/settings';
import { flowEngine } from './host';

jest.mock('@nocobase/flow-engine', () => jest.requireActual<typeof import('./host')>('./host').flowEngine, {
  virtual: true,
});

const SETTINGS: WebhookSettings = {
  trustedProxies: ['loopback'],
  publicUrl: '',
  sources: { trustedProxies: 'default', publicUrl: 'default' },
  clientAddress: '203.0.113.9',
  socketAddress: '127.0.0.1',
  forwardedFor: ['198.51.100.1', '203.0.113.9'],
  rateLimitStore: 'memory',
};

const request = jest.fn();
const cache = createCache();
let form: FormInstance;

beforeAll(() => {
  window.matchMedia = () => ({ matches: false, addListener() {}, removeListener() {} }) as unknown as MediaQueryList;
  Object.assign(flowEngine.useFlowEngine().context.app, { apiClient: { request } });
});

beforeEach(() => {
  request.mockReset().mockResolvedValue({ data: { data: SETTINGS } });
});

const Styled = ({ children }: { children: ReactNode }) => (
  <StyleProvider mock="server" cache={cache}>
    {children}
  </StyleProvider>
);

function Sections() {
  return (
    <CurrentConfigContext.Provider value={useCurrentConfig()}>
      <AllowlistSection />
      <RateLimitSection />
      <CorsSection />
    </CurrentConfigContext.Provider>
  );
}

function Drawer({ config }: { config: WebhookConfigInput }) {
  [form] = Form.useForm();
  useEffect(() => form.setFieldsValue({ config }), [config]);
  return (
    <Styled>
      <Form form={form} layout="vertical">
        <Sections />
      </Form>
    </Styled>
  );
}

const show = (node: ReactNode) => act(async () => void render(node));
const problems = () =>
  act(() =>
    form.validateFields().then(
      () => [],
      ({ errorFields }: { errorFields: { errors: string[] }[] }) => errorFields.flatMap(({ errors }) => errors),
    ),
  );

it('shows the address that the server sees, and by whom rates are counted', async () => {
  await show(<Drawer config={{ rateLimit: { points: 5, duration: 10 }, ipAllowlist: ['192.0.2.1'] }} />);
  expect(document.body.textContent).toContain('sees this browser at 203.0.113.9');
  expect(document.body.textContent).toContain('Counted by each instance for itself');
});

it('shows the fields to who may not see the settings', async () => {
  request.mockRejectedValue(new Error('403'));
  await show(<Drawer config={{}} />);
  expect(document.body.textContent).not.toContain('sees this browser');
});

it('switches the rate limit and the pages on, and says what is wrong as the server would', async () => {
  await show(<Drawer config={{ ipAllowlist: ['192.0.2.0/33'] }} />);
  for (const toggle of screen.getAllByRole('switch')) {
    await act(async () => void fireEvent.click(toggle));
  }
  expect(form.getFieldValue(['config', 'rateLimit'])).toEqual({ points: 60, duration: 60 });
  expect(form.getFieldValue(['config', 'cors'])).toEqual({ origins: [] });
  // At the list itself, not at its switch, which would go on saying so.
  expect(await problems()).toEqual([
    expect.stringContaining('"192.0.2.0/33" is not an address'),
    'Give at least one origin.',
  ]);
});

describe('where all callers have one address', () => {
  const shared = { ...SETTINGS, sharedAddress: { address: '10.0.0.5', calls: 42, forwarded: true } };

  it('warns on the settings page, and trusts the proxy at a click', async () => {
    request.mockResolvedValue({ data: { data: shared } });
    await show(
      <Styled>
        <App>
          <SettingsPage />
        </App>
      </Styled>,
    );
    expect(document.body.textContent).toContain('came through a proxy that is not trusted');
    request.mockResolvedValue({ data: { data: { ...SETTINGS, trustedProxies: ['loopback', '10.0.0.5'] } } });
    await act(async () => void fireEvent.click(screen.getByText('Trust this proxy')));
    expect(request).toHaveBeenLastCalledWith(
      expect.objectContaining({ data: { trustedProxies: ['loopback', '10.0.0.5'] } }),
    );
    expect(document.body.textContent).not.toContain('All callers have the address');
    expect(document.body.textContent).toContain('10.0.0.5');
  });
});

describe('the settings page', () => {
  const page = () =>
    show(
      <Styled>
        <App>
          <SettingsPage />
        </App>
      </Styled>,
    );

  const button = () => screen.getByText('Save').closest('button');
  const enter = (url: string) =>
    act(async () => void fireEvent.change(screen.getByLabelText('Public URL'), { target: { value: url } }));
  const click = () => act(async () => void fireEvent.click(screen.getByText('Save')));

  it('shows the chain, and saves what is set', async () => {
    await page();
    expect(document.body.textContent).toContain('198.51.100.1 → 203.0.113.9 → 127.0.0.1');
    await act(async () => void fireEvent.click(screen.getByText('Save')));
    expect(request).toHaveBeenLastCalledWith({
      url: 'webhookSettings:save',
      method: 'post',
      data: { publicUrl: '', trustedProxies: ['loopback'] },
    });
  });

  it('refuses what is no public URL, and shows a good one in the form in which it is in force', async () => {
    await page();
    await enter('hooks.example.com');
    await click();
    expect(document.body.textContent).toContain('The public URL must begin with https:// or http://.');
    expect(request).toHaveBeenCalledTimes(1);

    request.mockResolvedValue({ data: { data: { ...SETTINGS, publicUrl: 'https://hooks.example.com' } } });
    await enter('https://Hooks.example.com/');
    await click();
    expect(request).toHaveBeenLastCalledWith(
      expect.objectContaining({ data: { publicUrl: 'https://Hooks.example.com/', trustedProxies: ['loopback'] } }),
    );
    expect(screen.getByLabelText<HTMLInputElement>('Public URL').value).toBe('https://hooks.example.com');
  });

  it('is read-only where the environment has the say', async () => {
    const sources = { trustedProxies: 'environment', publicUrl: 'environment' };
    request.mockResolvedValue({ data: { data: { ...SETTINGS, sources } } });
    await page();
    expect(document.body.textContent).toContain('WEBHOOK_TRUSTED_PROXIES');
    expect(document.body.textContent).toContain('WEBHOOK_PUBLIC_URL');
    expect(screen.getByLabelText<HTMLInputElement>('Public URL').disabled).toBe(true);
    expect(button()?.disabled).toBe(true);
  });

  it('saves the one setting where the environment has the say in the other', async () => {
    const sources = { trustedProxies: 'default', publicUrl: 'environment' };
    request.mockResolvedValue({ data: { data: { ...SETTINGS, publicUrl: 'https://hooks.example.com', sources } } });
    await page();
    expect(document.body.textContent).not.toContain('WEBHOOK_TRUSTED_PROXIES');
    await click();
    expect(request).toHaveBeenLastCalledWith(expect.objectContaining({ data: { trustedProxies: ['loopback'] } }));
  });
});
