import { answerOf } from '../reply/answerOf';
import { providerAnswer } from '../reply/providerAnswer';
import { requestScope } from '../templates/scope';
import type { Services } from './stage';
import type { Answer, Started } from './types';

/**
 * What the caller gets: what the provider prescribes; else what a response node said; else the configured
 * answer, its `{{variables}}` filled in from the run where there is one, from the request where there is none.
 */
export function respond({ context, result, answer, endpoint, verification }: Started, services: Services): Answer {
  if (answer) {
    return answer;
  }
  if (verification.reply) {
    return providerAnswer(verification.reply);
  }
  if (result?.kind === 'answered') {
    return result.answer;
  }
  const { response } = endpoint.config;
  const reply = result?.kind === 'failed' ? (response.onFailure ?? response) : response;
  return answerOf(reply, result ? result.run.getScope() : requestScope(context, services));
}
