import type { Filling } from '../../templates/render';
import { fillBraces, onlyRaw } from './braces';
import { encoded, fieldOf, fieldText, percentEncoded } from './fieldText';

/** So many cookies come of one list; browsers keep as many of a site, or a few more. */
const MAX_COOKIES = 50;

/** What ends a cookie's value, or no cookie may hold: RFC 6265 section 4.1.1. */
const NO_COOKIE_OCTET = /[\s",;\\]/g;

/**
 * The `Set-Cookie` headers that a template makes. A value brings no attribute of its own, unless it stands in three braces;
 * a list in three braces is a header for each of its items, as another service's `Set-Cookie` arrives. What is empty is left
 * out.
 */
export function cookieLines(template: string, filling: Filling): string[] {
  const whole = onlyRaw(template);
  const value = whole === undefined ? undefined : filling.render(whole);
  const lines = Array.isArray(value)
    ? value.slice(0, MAX_COOKIES).map(fieldOf)
    : [
        encoded(
          fillBraces(template, {
            escaped: (variable) =>
              fieldText(variable, filling, (text) => text.replace(NO_COOKIE_OCTET, percentEncoded)),
            raw: (variable) => fieldText(variable, filling),
          }),
        ),
      ];
  return lines.filter((line) => line !== '');
}
