import { isMarkup } from '../../common/contentTypes';
import type { AnswerHeaders } from '../../common/httpFields';

/**
 * A page of a webhook comes from NocoBase's own origin, where the session of who is signed in lies. A sandbox gives
 * it an origin of its own, and runs no script in it (https://www.w3.org/TR/CSP3/#directive-sandbox).
 */
const SANDBOX = 'sandbox allow-forms allow-popups allow-top-navigation-by-user-activation';

/**
 * The headers of an answer with those that every one carries: that a browser must take it for what its content type
 * says, and for HTML and XML, unless the maker has set a policy, a sandbox.
 */
export function withSafeguards(headers: Readonly<AnswerHeaders>): AnswerHeaders {
  const safe: AnswerHeaders = {};
  let hasPolicy = false;
  let isPage = false;
  for (const [name, value] of Object.entries(headers)) {
    const known = name.toLowerCase();
    hasPolicy ||= known === 'content-security-policy';
    isPage ||= known === 'content-type' && isMarkup(String(value));
    if (known !== NO_SNIFFING) {
      safe[name] = value;
    }
  }
  return { ...safe, [NO_SNIFFING]: 'nosniff', ...(isPage && !hasPolicy ? { 'content-security-policy': SANDBOX } : {}) };
}

const NO_SNIFFING = 'x-content-type-options';
