import type { Context } from '@nocobase/actions';
import { pathTaken, type PathProblem } from '../../common/path';
import { PLUGIN_NAME } from '../../common/plugin';
import { describeIssue } from '../../common/validateConfig';
import type { Route, WebhookVersion } from './routes';

/** Refuses to enable a webhook whose URL another one has: 400 `WEBHOOK_PATH_CONFLICT`. The message names the other. */
export class PathConflictError extends Error {
  readonly status = 400;
  readonly code = 'WEBHOOK_PATH_CONFLICT';
  readonly problem: PathProblem;

  constructor({ title, key }: Pick<WebhookVersion, 'title' | 'key'>, routes: readonly Route[]) {
    const path = routes[0]?.written ?? '';
    const problem = pathTaken({ path, methods: routes.map(({ method }) => method).join(', '), title, key });
    super(describeIssue({ path: 'path', ...problem }));
    this.name = 'PathConflictError';
    this.problem = problem;
  }
}

/** NocoBase's plugin that turns what is thrown into an answer. */
interface ErrorHandlerPlugin {
  errorHandler?: {
    register(guard: (error: unknown) => boolean, render: (error: PathConflictError, ctx: Context) => void): void;
  };
}

/** Tells of a taken path in the language of who asks. */
export function translatePathConflicts(plugin: unknown): void {
  (plugin as ErrorHandlerPlugin | undefined)?.errorHandler?.register(
    (error) => error instanceof PathConflictError,
    ({ status, code, problem }, ctx) => {
      const message = ctx.i18n.t(problem.message, {
        ns: PLUGIN_NAME,
        interpolation: { escapeValue: false },
        ...problem.values,
      });
      ctx.status = status;
      ctx.body = { errors: [{ code, message }] };
    },
  );
}
