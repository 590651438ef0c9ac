import { digestOf } from './digests';
import { encoded } from './joinedFields';

/** What .NET's UrlEncode leaves as it is, of what is encoded otherwise. */
const LEFT_BY_NET = /%(?:21|28|29|2A)/g;

/**
 * A part of a signed text, written as its sender writes it there: in small letters or capitals, in base64, as a text of
 * JSON with its quotation marks, percent-encoded (RFC 3986; `plus` as PHP's `urlencode`, `net` as .NET's), or its digest.
 */
export function putThrough(step: string, value: string | Buffer): string {
  switch (step) {
    case 'lower':
      return value.toString().toLowerCase();
    case 'upper':
      return value.toString().toUpperCase();
    case 'base64':
      return Buffer.from(value as Buffer).toString('base64');
    case 'quoted':
      return JSON.stringify(value.toString());
    case 'percent':
    case 'plus':
      return encoded(value.toString(), step);
    case 'net':
      return encoded(value.toString(), 'plus').replace(LEFT_BY_NET, (code) => decodeURIComponent(code));
    default:
      return digestOf(step, value) ?? value.toString();
  }
}
