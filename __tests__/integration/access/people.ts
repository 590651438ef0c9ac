import { Api } from '../../../scripts/host';
import { unique } from '../../support/hosts';

/** Who asks: from a stranger to NocoBase's root. */
export const ROLES = ['guest', 'member', 'maker', 'admin', 'root'] as const;
export type Role = (typeof ROLES)[number];

export interface Question {
  path: string;
  query?: Record<string, string>;
  /** POSTed where there is one. */
  json?: unknown;
}

export interface Answer {
  status: number;
  text: string;
}

export type Ask = (question: Question) => Promise<Answer>;

/** One of each role, signed in: `maker` may edit workflows and nothing else, `admin` is NocoBase's own such role. */
export async function signIn(root: Api): Promise<Record<Role, Ask>> {
  const maker = unique('r_');
  await root.action('roles:create', { name: maker, title: maker, snippets: ['pm.workflow.workflows'] });
  return {
    guest: (question) => answerTo(question, (path, init) => fetch(`${root.base}${path}`, init)),
    member: await askAs(root, 'member'),
    maker: await askAs(root, maker),
    admin: await askAs(root, 'admin'),
    root: (question) => answerTo(question, (path, init) => root.request(path, init)),
  };
}

async function askAs(root: Api, role: string): Promise<Ask> {
  const name = unique('u');
  const email = `${name}@example.com`;
  const password = 'secret-123';
  await root.action('users:create', { username: name, nickname: name, email, password, roles: [{ name: role }] });
  const api = new Api(root.base);
  await api.signIn({ email, password });
  return (question) => answerTo(question, (path, init) => api.request(path, init));
}

async function answerTo(
  { path, query = {}, json }: Question,
  send: (path: string, init: RequestInit) => Promise<Response>,
): Promise<Answer> {
  const init =
    json === undefined
      ? {}
      : { method: 'POST', body: JSON.stringify(json), headers: { 'content-type': 'application/json' } };
  const response = await send(`${path}?${new URLSearchParams(query)}`, init);
  return { status: response.status, text: await response.text() };
}
