import type { Context, Next } from '@nocobase/actions';
import type { WorkflowModel } from '@nocobase/plugin-workflow';
import type { Application } from '@nocobase/server';
import type { WebhookAuth } from '../common/auth';
import { isRecord } from '../common/rules';
import type { SecretEntry } from '../common/secrets';
import type { Endpoint } from './endpoints/Endpoint';

/** How long a maker can read a captured secret, to type it into the provider's own form: a day, in milliseconds. */
const REVEAL_PERIOD = 86_400_000;

/**
 * What is encrypted as `captured`. Its shape is what tells it from any other sealed secret: without it, whoever
 * edits workflows could have another workflow's secret opened by passing it off as a captured one.
 */
interface CaptureNote {
  key: string;
  secret: string;
  /** Unix milliseconds. */
  capturedAt: number;
}

/**
 * Keeps a secret that a provider handed over in its handshake (Notion), unless one is there already:
 * looked up again under a lock, since two handshakes may come at once. Saving it renews the route everywhere.
 */
export async function captureSecret(app: Application, endpoint: Endpoint, secret: string): Promise<void> {
  await app.lockManager.runExclusive(`webhook:capture:${endpoint.key}`, async () => {
    const workflow = await findWorkflow(app, endpoint.workflowId);
    const auth: WebhookAuth | undefined = workflow?.config?.auth;
    if (!workflow || auth?.type !== 'provider' || auth.secrets?.length) {
      return;
    }
    const note: CaptureNote = { key: endpoint.key, secret, capturedAt: Date.now() };
    const entry: SecretEntry = {
      name: 'captured',
      value: secret,
      captured: await app.aesEncryptor.encrypt(JSON.stringify(note)),
    };
    await workflow.update({ config: { ...workflow.config, auth: { ...auth, secrets: [entry] } } });
  });
}

/**
 * `webhookEndpoints:capturedSecret?filterByTk=<workflow id>`: the captured secret in clear text, for a day after it
 * came. The provider waits for the maker to copy it over, so this one secret has to be shown.
 */
export async function revealCapturedSecret(ctx: Context, next: Next): Promise<void> {
  const app = ctx.app as Application;
  const workflow = await findWorkflow(app, ctx.action.params.filterByTk);
  const secrets: SecretEntry[] = workflow?.config?.auth?.secrets ?? [];
  const sealed = secrets.find(({ captured }) => captured !== undefined)?.captured;
  const note = sealed === undefined ? null : openNote(app, sealed);
  const isReadable = note !== null && note.key === workflow?.key && Date.now() - note.capturedAt < REVEAL_PERIOD;
  ctx.body = { secret: isReadable ? note.secret : null };
  await next();
}

function openNote(app: Application, sealed: string): CaptureNote | null {
  try {
    const note: unknown = JSON.parse(app.aesEncryptor.decryptSync(sealed));
    const isNote =
      isRecord(note) &&
      typeof note.key === 'string' &&
      typeof note.secret === 'string' &&
      typeof note.capturedAt === 'number';
    return isNote ? (note as unknown as CaptureNote) : null;
  } catch {
    return null;
  }
}

function findWorkflow(app: Application, id: number | string): Promise<WorkflowModel | null> {
  return app.db.getRepository('workflows').findOne({ filterByTk: id });
}
