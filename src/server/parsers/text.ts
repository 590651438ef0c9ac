import { decodeText } from './charset';
import type { Parser } from './types';

/** Text of any kind, as it is. */
export const text: Parser = (body, { charset }) => ({ data: decodeText(body, charset) });
