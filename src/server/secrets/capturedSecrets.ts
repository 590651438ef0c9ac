import type { Context, Next } from '@nocobase/actions';
import type { WorkflowModel } from '@nocobase/plugin-workflow';
import type { Application } from '@nocobase/server';
import { secretUse, type WebhookAuth } from '../../common/auth';
import { isRecord } from '../../common/rules';
import type { SecretEntry } from '../../common/secrets';
import type { Endpoint } from '../endpoints/Endpoint';
import type { Sealer, SecretPlace } from './Sealer';

/** How long a maker can read a captured secret, to type it into the provider's own form: a day, in milliseconds. */
const REVEAL_PERIOD = 86_400_000;

/** What is sealed as `captured`, for a place of its own: no other sealed secret can be passed off as one. */
interface CaptureNote {
  secret: string;
  /** Unix milliseconds. */
  capturedAt: number;
}

/**
 * Keeps a secret that a provider handed over in its handshake (Notion), unless one is there already:
 * looked up again under a lock, since two handshakes may come at once. Saving it renews the route everywhere.
 */
export async function captureSecret(
  app: Application,
  sealer: Sealer,
  endpoint: Endpoint,
  secret: string,
): Promise<void> {
  await app.lockManager.runExclusive(`webhook:capture:${endpoint.key}`, async () => {
    const workflow = await findWorkflow(app, endpoint.workflowId);
    const auth: WebhookAuth | undefined = workflow?.config?.auth;
    if (!workflow || auth?.type !== 'provider' || auth.secrets?.length) {
      return;
    }
    const note: CaptureNote = { secret, capturedAt: Date.now() };
    const entry: SecretEntry = {
      name: 'captured',
      value: secret,
      captured: sealer.seal(JSON.stringify(note), placeOf(endpoint.key, auth)),
    };
    await workflow.update({ config: { ...workflow.config, auth: { ...auth, secrets: [entry] } } });
  });
}

/**
 * `webhookEndpoints:capturedSecret?filterByTk=<workflow id>`: the captured secret in clear text, for a day after it
 * came. The provider waits for the maker to copy it over, so this one secret has to be shown.
 */
export function revealCapturedSecret(sealer: Sealer) {
  return async (ctx: Context, next: Next): Promise<void> => {
    const workflow = await findWorkflow(ctx.app as Application, ctx.action.params.filterByTk);
    const auth: WebhookAuth | undefined = workflow?.config?.auth;
    const secrets: SecretEntry[] = workflow?.config?.auth?.secrets ?? [];
    const sealed = secrets.find(({ captured }) => captured !== undefined)?.captured;
    const note = workflow && auth ? openNote(sealer.open(sealed, placeOf(workflow.key, auth))) : null;
    ctx.body = { secret: note !== null && Date.now() - note.capturedAt < REVEAL_PERIOD ? note.secret : null };
    await next();
  };
}

function placeOf(key: string, auth: WebhookAuth): SecretPlace {
  return { key, use: secretUse(auth), field: 'captured' };
}

function openNote(text: string | null): CaptureNote | null {
  const note: unknown = text === null ? null : JSON.parse(text);
  const isNote = isRecord(note) && typeof note.secret === 'string' && typeof note.capturedAt === 'number';
  return isNote ? (note as unknown as CaptureNote) : null;
}

function findWorkflow(app: Application, id: number | string): Promise<WorkflowModel | null> {
  return app.db.getRepository('workflows').findOne({ filterByTk: id });
}
