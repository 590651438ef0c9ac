// Framework-free: the address under which the outside reaches NocoBase. One home for how it is written, and for what
// a webhook's URL becomes with it: the server verifies that URL, and the panel shows it.

import { withoutEndSlashes } from './path';
import { all, issue, text, withoutUserInfo, type Rule } from './rules';

/** Characters, as it is entered. */
const MAX_PUBLIC_URL_LENGTH = 500;

/** Scheme, authority without user info, and a path. The parser would mend what is written otherwise: not ours to guess. */
const WEB_ADDRESS = /^https?:\/\/[^/?#@\\\s\p{Cc}]+(?:\/[^?#\\\s\p{Cc}]*)?$/iu;

/** What the public URL may be; empty text: none. */
export const publicUrlRule: Rule = all(text({ max: MAX_PUBLIC_URL_LENGTH }), (value, at) => {
  const entered = (value as string).trim();
  if (entered === '') {
    return [];
  }
  if (!/^https?:\/\//i.test(entered)) {
    return issue(at, 'The public URL must begin with https:// or http://.');
  }
  if (/[?#]/.test(entered) || /^https?:\/\/[^/\\]*@/i.test(entered)) {
    return issue(at, 'The public URL may have no query, no fragment and no user name.');
  }
  return WEB_ADDRESS.test(entered) && URL.canParse(entered)
    ? []
    : issue(at, '"{{value}}" is not a web address such as https://hooks.example.com.', {
        value: withoutUserInfo(entered),
      });
});

/**
 * The normal form of what {@link publicUrlRule} takes: `https://hooks.example.com`, or with a path prefix
 * `https://example.com/nocobase`. Scheme and host in lower case, no default port, no slash at the end. Empty: none.
 */
export function normalizePublicUrl(entered: string): string {
  const trimmed = entered.trim();
  if (trimmed === '') {
    return '';
  }
  const { origin, pathname } = new URL(trimmed);
  return `${origin}${withoutEndSlashes(pathname)}`;
}

/**
 * The URL as the outside calls it. A proxy may take the prefix off on the way to NocoBase, or leave it: a path that
 * already begins with it, segment by segment, doesn't get it again.
 * @param publicUrl in its normal form, not empty
 * @param path as NocoBase received it, with a slash in front; a query may follow
 */
export function atPublicUrl(publicUrl: string, path: string): string {
  const prefix = publicUrl.replace(/^https?:\/\/[^/]*/, '');
  const hasPrefix = prefix !== '' && path.startsWith(prefix) && /^(?:[/?]|$)/.test(path.slice(prefix.length));
  return `${hasPrefix ? publicUrl.slice(0, -prefix.length) : publicUrl}${path}`;
}
