import { WebhookError } from '../../common/errors';
import { isPassing } from '../deliveries/store/databaseErrors';
import type { RequestOutcome } from '../metrics/RequestMetrics';
import { count } from './count';
import { preflight, withCors } from './cors';
import { dedupe } from './dedupe';
import { event } from './event';
import { filter } from './filter';
import { giveWay } from './giveWay';
import { handshake } from './handshake';
import { head } from './head';
import { match } from './match';
import { method, refuseMethodUnlessChallenge } from './method';
import { noteAnswer, noteEarlyAnswer, noteRefusal } from './note';
import { parse } from './parse';
import { admit, countingFailures, limitRate } from './rate';
import { read } from './read';
import { record } from './record';
import { refusal } from './refusal';
import { reportedPath } from './reportedPath';
import { respond } from './respond';
import { source } from './source';
import { start } from './start';
import { discardingFiles, storeFiles } from './storeFiles';
import type { Services, Stage } from './stage';
import { EarlyAnswer, type Answer, type Received, type Started } from './types';
import { settleSingleUse, useOnce } from './useOnce';
import { validate } from './validate';
import { verify } from './verify';

/** How far a request has come: for the log, which wants to know of those that came to nothing as well. */
interface Trace {
  delivery: Received & Partial<Started>;
}

/** A row of stages in which each takes what the one before it returns. */
class Pipeline<Out> {
  private constructor(private readonly stages: readonly Stage<never, unknown>[]) {}

  static from<In>(): Pipeline<In> {
    return new Pipeline<In>([]);
  }

  then<Next>(stage: Stage<Out, Next>): Pipeline<Next> {
    return new Pipeline<Next>([...this.stages, stage]);
  }

  /**
   * Runs the stages one after another; the last one's result, or the first early answer.
   * @param trace is kept at what went into the stage that runs
   */
  async run(input: unknown, services: Services, trace: Trace): Promise<Out | EarlyAnswer> {
    let delivery = input;
    for (const stage of this.stages) {
      trace.delivery = delivery as Trace['delivery'];
      // `then` made sure that each stage takes what its predecessor returns.
      const outcome = stage(delivery as never, services);
      // Most stages are done at once, and a wait costs more than what they do.
      delivery = outcome instanceof Promise ? await outcome : outcome;
      if (delivery instanceof EarlyAnswer) {
        return delivery;
      }
    }
    return delivery as Out;
  }
}

/** The life of a request, in order. */
const STAGES = Pipeline.from<Received>()
  .then(match)
  .then(preflight)
  .then(method)
  .then(source)
  .then(admit)
  .then(countingFailures(read))
  .then(countingFailures(verify))
  .then(countingFailures(useOnce))
  .then(handshake)
  .then(refuseMethodUnlessChallenge)
  .then(limitRate)
  .then(head)
  .then(giveWay)
  .then(parse)
  .then(giveWay)
  .then(event)
  .then(validate)
  .then(filter)
  .then(giveWay)
  .then(dedupe)
  .then(storeFiles)
  .then(discardingFiles(record))
  .then(start)
  .then(respond);

/** Takes a request through all stages. Always answers: what a stage throws becomes a refusal. */
export async function handle(received: Received, services: Services): Promise<Answer> {
  const trace: Trace = { delivery: received };
  const answer = await answerTo(received, services, trace);
  if (trace.delivery.singleUseSlot !== undefined) {
    await settleSingleUse(trace.delivery.singleUseSlot, answer.status, services);
  }
  return withCors(answer, received, services);
}

async function answerTo(received: Received, services: Services, trace: Trace): Promise<Answer> {
  const begun = performance.now();
  const observe = (outcome: RequestOutcome) => {
    const taken = performance.now() - begun;
    noting(received, services, () => count(trace.delivery, outcome, taken, services));
  };
  try {
    const outcome = await STAGES.run(received, services, trace);
    if (outcome instanceof EarlyAnswer) {
      noting(received, services, () => noteEarlyAnswer(trace.delivery, outcome, services));
      if (outcome.log) {
        observe({ kind: outcome.log.status });
      }
      return outcome.answer;
    }
    noting(received, services, () => noteAnswer(trace.delivery, outcome, services));
    observe({ kind: 'accepted' });
    return outcome;
  } catch (error) {
    const refused = error instanceof WebhookError ? error : wentWrong(error, trace);
    observe({ kind: 'rejected', code: refused.code });
    noting(received, services, () => noteRefusal(trace.delivery, refused, reasonOf(refused), services));
    services.report({
      path: reportedPath(trace.delivery, services.routes),
      code: refused.code,
      reason: reasonOf(refused),
    });
    return refusal(refused, trace.delivery.endpoint);
  } finally {
    received.lease.release();
  }
}

/** What passes with the database can be tried again, as long as nothing is stored. */
function wentWrong(cause: unknown, { delivery }: Trace): WebhookError {
  return cause instanceof Error && isPassing(cause) && delivery.context === undefined
    ? new WebhookError('NOT_RECORDED', { cause, headers: { 'retry-after': '5' } })
    : new WebhookError('INTERNAL', { cause });
}

/** What goes wrong with a note must not change the answer that it is about. */
function noting(received: Received, services: Services, note: () => void): void {
  try {
    note();
  } catch (cause) {
    services.report({
      path: reportedPath(received, services.routes),
      code: 'INTERNAL',
      reason: reasonOf(new WebhookError('INTERNAL', { cause })),
    });
  }
}

function reasonOf(error: WebhookError): string {
  const cause = error.cause instanceof Error ? (error.cause.stack ?? error.cause.message) : undefined;
  return error.options.reason ?? cause ?? error.message;
}
