// Framework-free: what the settings on who may call must look like.

import { NAMED_RANGES, parseRange } from './addresses';
import { RATED_BY } from './config';
import { publicUrlRule } from './publicUrl';
import { all, fields, integer, issue, list, oneOf, text, withoutUserInfo, type Rule } from './rules';

/** An address or a network. */
export const addressRange: Rule = all(text({ max: 100 }), (value, at) =>
  parseRange(value as string)
    ? []
    : issue(at, '"{{value}}" is not an address or a network such as 192.0.2.0/24 or 2001:db8::/32.', {
        value: withoutUserInfo(value as string),
      }),
);

/** A proxy that is trusted: an address, a network (not everyone), or the name of a range. */
const trustedProxy: Rule = all(text({ max: 100 }), (value, at) => {
  const name = value as string;
  if (Object.hasOwn(NAMED_RANGES, name)) {
    return [];
  }
  const range = parseRange(name);
  if (range?.bits === 0) {
    return issue(at, 'To trust everyone is to let every caller choose its address.');
  }
  return range ? [] : addressRange(value, at);
});

/** A list of trusted proxies, as the settings page saves it. */
export const trustedProxies: Rule = list(trustedProxy);

/** What the settings page saves: some of the settings, and no others. */
export const networkSettings: Rule = all(fields({ trustedProxies, publicUrl: publicUrlRule }), (value, at) =>
  Object.keys(value as object).length === 0 ? issue(at, 'Give at least one setting.') : [],
);

/** An origin, RFC 6454 section 6.2: scheme, host and port, and nothing after them; or `*`. */
const origin: Rule = all(text({ max: 300 }), (value, at) =>
  isOrigin(value as string)
    ? []
    : issue(at, '"{{value}}" is not an origin such as https://shop.example, or * for every one.', {
        value: withoutUserInfo(value as string),
      }),
);

export const corsRule: Rule = fields(
  {
    origins: all(list(origin), (value, at) =>
      (value as unknown[]).length === 0 ? issue(at, 'Give at least one origin.') : [],
    ),
  },
  ['origins'],
);

/** At most `points` deliveries in `duration` seconds, of the webhook or of each address. */
export const rateLimitRule: Rule = fields(
  { points: integer(1, 1_000_000), duration: integer(1, 86_400), per: oneOf(RATED_BY) },
  ['points', 'duration'],
);

function isOrigin(value: string): boolean {
  if (value === '*') {
    return true;
  }
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^/?#\s\\@*]+$/.test(value)) {
    return false;
  }
  // Of a web address the browser's own form counts, as that is what it sends: lower case, no default port.
  return !/^https?:/.test(value) || originOf(value) === value;
}

function originOf(value: string): string | null {
  try {
    return new URL(value).origin;
  } catch {
    return null;
  }
}
