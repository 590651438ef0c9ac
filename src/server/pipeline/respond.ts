import { WebhookError } from '../../common/errors';
import { answerOf } from '../reply/answer/answerOf';
import type { Endpoint } from '../endpoints/Endpoint';
import { providerAnswer } from '../reply/providerAnswer';
import { requestScope } from '../templates/scope';
import type { Services } from './stage';
import type { Answer, Started, WebhookContext } from './types';

/**
 * What the caller gets: what the provider prescribes; else what a response node said; else the configured answer, its
 * `{{variables}}` filled in from the run where there is one, from the request where there is none. Refuses with
 * `ANSWER_FAILED` where that can't be made.
 */
export function respond(
  { context, result, answer, endpoint, verification }: Started,
  services: Services,
): Answer | Promise<Answer> {
  if (answer) {
    return answer;
  }
  if (verification.reply) {
    return providerAnswer(verification.reply);
  }
  return result ? result.answer : configuredAnswer(endpoint, context, services);
}

/** The answer that hangs on the request alone. */
export function configuredAnswer(
  { config }: Endpoint,
  context: WebhookContext,
  services: Services,
): Answer | Promise<Answer> {
  try {
    const answer = answerOf(config.response, requestScope(context, services), services.files);
    return answer instanceof Promise ? answer.catch(refuse) : answer;
  } catch (error) {
    return refuse(error);
  }
}

function refuse(error: unknown): never {
  throw new WebhookError('ANSWER_FAILED', { reason: error instanceof Error ? error.message : String(error) });
}
