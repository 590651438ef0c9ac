import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export const PLUGIN = 'nocobase-plugin-workflow-webhook';

export const ADMIN = {
  email: 'admin@nocobase.com',
  password: 'admin123',
  nickname: 'Super Admin',
  username: 'nocobase',
};

/** NocoBase's API, signed in as the administrator. */
export class Api {
  private token: string | null = null;

  /** @param base with a slash at its end: `http://127.0.0.1:13000/api/` */
  constructor(readonly base: string) {}

  /** Signs in; other calls do so by themselves. */
  async signIn({ email, password }: { email: string; password: string } = ADMIN): Promise<string> {
    const response = await fetch(`${this.base}auth:signIn`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-authenticator': 'basic' },
      body: JSON.stringify({ email, password }),
    });
    const { data } = (await response.json()) as { data?: { token: string } };
    if (!data) {
      throw new Error(`signing in failed with ${response.status}`);
    }
    this.token = data.token;
    return data.token;
  }

  /** One call as it is; `init.json` becomes the body. Signed in. */
  async request(path: string, { json, ...init }: RequestInit & { json?: unknown } = {}): Promise<Response> {
    const token = this.token ?? (await this.signIn());
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${token}`);
    if (json !== undefined) {
      headers.set('content-type', 'application/json');
    }
    return fetch(`${this.base}${path}`, {
      ...init,
      headers,
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    });
  }

  /** POSTs to an action such as `workflows:create` and gives its `data`. Throws with NocoBase's own message. */
  async action<T>(
    action: string,
    values: unknown = {},
    query: Record<string, string | number | boolean> = {},
  ): Promise<T> {
    return this.data<T>(`${action}${queryString(query)}`, { method: 'POST', json: values });
  }

  /** GETs an action such as `executions:list` and gives its `data`. */
  async get<T>(action: string, query: Record<string, string | number | boolean> = {}): Promise<T> {
    return this.data<T>(`${action}${queryString(query)}`);
  }

  /** Installs or upgrades a plugin as the plugin manager does, from a packed file. An upgrade wants a restart. */
  async installPlugin(tgz: string, plugin = PLUGIN): Promise<void> {
    const form = new FormData();
    form.append('file', new Blob([await readFile(tgz)]), basename(tgz));
    const added = await this.request('pm:add', { method: 'POST', body: form });
    if (!added.ok) {
      throw new Error(`pm:add answered ${added.status}: ${await added.text()}`);
    }
    await this.until('the plugin to be added', async () => {
      const plugins = await this.get<{ packageName?: string }[]>('pm:list');
      return plugins.some(({ packageName }) => packageName === plugin);
    });
    await this.switchPlugin('enable', plugin);
  }

  /** Enables or disables a plugin as the plugin manager does, and waits until NocoBase runs again. */
  async switchPlugin(action: 'enable' | 'disable', plugin = PLUGIN): Promise<void> {
    const answer = await this.request(`pm:${action}?filterByTk=${plugin}&awaitResponse=true`, { method: 'POST' });
    if (!answer.ok) {
      throw new Error(`pm:${action} answered ${answer.status}: ${await answer.text()}`);
    }
    await this.until(`the plugin to be ${action}d`, async () => {
      const plugins = await this.get<{ packageName?: string }[]>('pm:listEnabled');
      return plugins.some(({ packageName }) => packageName === plugin) === (action === 'enable');
    });
  }

  /** Waits until `condition` holds; an error counts as "not yet", since NocoBase reloads in between. */
  private async until(what: string, condition: () => Promise<boolean>, timeoutMs = 60_000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (!(await condition().catch(() => false))) {
      if (Date.now() > deadline) {
        throw new Error(`waited ${timeoutMs / 1000} s for ${what}`);
      }
      await delay(100);
    }
  }

  private async data<T>(path: string, init: RequestInit & { json?: unknown } = {}): Promise<T> {
    const response = await this.request(path, init);
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${path} answered ${response.status}: ${text}`);
    }
    return (text === '' ? undefined : (JSON.parse(text) as { data: T }).data) as T;
  }
}

function queryString(query: Record<string, string | number | boolean>): string {
  const entries = Object.entries(query).map(([name, value]) => [name, String(value)]);
  return entries.length === 0 ? '' : `?${new URLSearchParams(entries)}`;
}
