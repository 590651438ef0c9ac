import type { WebhookAuth } from '../../common/auth';
import type { Handshake } from '../../common/presets';
import { handshakesOf } from '../../common/schemeOfAuth';
import { applies } from './handshakes';
import { Sources } from './Sources';
import type { VerifyRequest } from './types';

/** When a provider with code of its own asks by a method that no delivery of its has. */
const CODE_CHALLENGES: Readonly<Record<string, Pick<Handshake, 'when'>[]>> = {
  wecom: [{ when: { method: 'GET', has: 'query:echostr' } }],
  'wechat-mp-secure': [{ when: { method: 'GET', has: 'query:echostr' } }],
};

/**
 * Whether a request, by its head alone, is the URL challenge of the webhook's provider. Such a request has to get
 * to the verifier whatever methods the maker chose: Meta and WeCom ask by GET and deliver by POST.
 */
export function looksLikeChallenge(auth: WebhookAuth, head: Omit<VerifyRequest, 'rawBody'>): boolean {
  const own = auth.type === 'provider' && Object.hasOwn(CODE_CHALLENGES, auth.provider);
  const challenges = (own ? CODE_CHALLENGES[auth.provider] : handshakesOf(auth)) ?? [];
  const sources = new Sources({ ...head, rawBody: Buffer.alloc(0) }, {});
  return challenges.some((challenge) => challenge.when.method === head.method && applies(challenge, sources));
}
