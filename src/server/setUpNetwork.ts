import { type Application, Gateway } from '@nocobase/server';
import { SETTING_VARIABLES } from '../common/settings';
import { takeAnyHeaderName } from './net/anyHeaderName';
import { answerBeforeRefusing } from './net/answerBeforeRefusing';
import { Budget } from './net/budget/Budget';
import { inviteBodiesLate } from './net/inviteBodiesLate';
import { limitsFrom, type ProcessLimits } from './net/limits';
import { PublicUrl } from './net/PublicUrl';
import type { BodyPace } from './net/receiveBody';
import { TrustedProxies } from './net/TrustedProxies';
import { UnsentAnswers } from './net/UnsentAnswers';
import { FailureLimit } from './rates/FailureLimit';
import { RateLimits } from './rates/RateLimits';
import { loadSettings, registerSettings } from './settings/registerSettings';
import { SettingsStore } from './settings/SettingsStore';

/** What guards the way in: who is believed, what we are called by, and how much is taken on. */
export interface Network {
  proxies: TrustedProxies;
  publicUrl: PublicUrl;
  budget: Budget;
  unsent: UnsentAnswers;
  bodyPace: BodyPace;
  failures: FailureLimit;
  rates: RateLimits;
  /** Takes over what is saved in the database; another instance may have saved it. */
  loadSettings(): Promise<void>;
}

/**
 * The whole body must be here within 30 s. The grace is Kestrel's, as is the default rate of 240 bytes a second:
 * https://learn.microsoft.com/aspnet/core/fundamentals/servers/kestrel/options#minimum-request-body-data-rate
 */
const BODY_PACE = { timeout: 30_000, grace: 5_000 };

/** One for all apps of the process: they share its memory. */
let processBudget: Budget | undefined;
let processUnsent: UnsentAnswers | undefined;

/** Answers that wait to be taken may hold such a part of what bodies may. */
const UNSENT = 1 / 4;

/**
 * Puts the guards together from the environment and the saved settings.
 * @param announce tells the other instances of the cluster that settings were saved
 */
export function setUpNetwork(app: Application, announce: () => Promise<void>): Network {
  const report = (problem: string) => app.logger.error(problem);
  const limits: ProcessLimits = limitsFrom(process.env, report);
  const budget = (processBudget ??= new Budget(limits));
  const unsent = (processUnsent ??= new UnsentAnswers(limits.bytes * UNSENT));
  const proxies = new TrustedProxies(process.env[SETTING_VARIABLES.trustedProxies], report);
  const publicUrl = new PublicUrl(process.env[SETTING_VARIABLES.publicUrl], report);
  // A connection of our own: what is sent while Redis is away must fail at once, not wait for it.
  const redis = app.redisConnectionManager.getConnection('workflow-webhook', { disableOfflineQueue: true });
  const rates = new RateLimits(app.name, redis);
  const settings = { proxies, publicUrl, rates, store: new SettingsStore(app.db), announce };
  registerSettings(app, settings);

  const { server } = Gateway.getInstance();
  if (server) {
    takeAnyHeaderName(server);
    inviteBodiesLate(server);
    answerBeforeRefusing(server);
  }
  return {
    proxies,
    publicUrl,
    budget,
    unsent,
    bodyPace: { ...BODY_PACE, minRate: limits.bodyRate },
    failures: new FailureLimit(limits.failures),
    rates,
    loadSettings: () => loadSettings(settings),
  };
}
