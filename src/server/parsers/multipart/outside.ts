import { malformed } from './rawPart';
import { because } from '../../../common/reasons/reason';

/** Bytes of a remark. */
const MAX_REMARK = 1_000;
/** What programs write for readers that know no multipart; the last two as in the example of RFC 2046 section 5.1.1. */
const REMARK = /\b(?:mime|multi-?part|preamble|epilogue)\b/i;
/** A header, or a delimiter of another body. */
const PART = /^(?:[!#$%&'*+\-.^_`|~0-9A-Za-z]+[ \t]*:|--\S)/m;
/** Layout, with the dashes of a line that is drawn, and a byte order mark. */
const NOTHING = /^(?:\xef\xbb\xbf)?[-\s\0]*$/;

/**
 * Passes over what stands outside of the parts: nothing, or a remark that there are parts. Throws `BODY_MALFORMED` for
 * all else, since it could be a part whose delimiter is missing or isn't one.
 */
export function passOver(bytes: Buffer, boundary: string, detail: 'before' | 'behind'): void {
  const text = bytes.toString('latin1', 0, MAX_REMARK + 1);
  const isNothing = NOTHING.test(text) && (text.length <= MAX_REMARK || NOTHING.test(bytes.toString('latin1')));
  const isRemark = text.length <= MAX_REMARK && REMARK.test(text) && !PART.test(text);
  // Its boundary may be there in a line that is no delimiter.
  if (bytes.includes(boundary, 0, 'latin1') || (!isNothing && !isRemark)) {
    throw malformed(because('MULTIPART_MALFORMED', { detail }));
  }
}
