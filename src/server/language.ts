import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context, Next } from '@nocobase/actions';
import { PLUGIN_NAME } from '../common/plugin';
import { describeIssue } from '../common/validateConfig';
import type { ConfigIssue, Problem } from '../common/rules';

/** Says a problem in the language of who asks. */
type Say = (problem: Problem) => string;

const asking = new AsyncLocalStorage<Say>();

/**
 * Remembers the language of a request while it is dealt with: NocoBase asks a trigger or a node what is wrong with its
 * settings, and a database hook is told to save them, without saying for whom.
 */
export async function rememberLanguage(ctx: Context, next: Next): Promise<void> {
  const say: Say = ({ message, values }) =>
    ctx.i18n.t(message, { ns: PLUGIN_NAME, interpolation: { escapeValue: false }, ...values });
  await asking.run(say, () => next());
}

/** What is wrong with a setting, and which, in the language of the request that is dealt with; without one, in English. */
export function sayIssue(issue: ConfigIssue): string {
  const said = (asking.getStore() ?? ((problem) => describeIssue({ path: '', ...problem })))(issue);
  return issue.path === '' ? said : `${issue.path}: ${said}`;
}

/** As NocoBase wants it from a trigger or a node: what is wrong by the setting; null: nothing is. */
export function sayIssues(issues: readonly ConfigIssue[]): Record<string, string> | null {
  return issues.length === 0 ? null : Object.fromEntries(issues.map((issue) => [issue.path, sayIssue(issue)]));
}
