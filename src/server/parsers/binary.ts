import type { Parser } from './types';

/** What is none of the formats: its bytes, in a form that JSON can hold. `size` in bytes. */
export const binary: Parser = (body, { declared }) => ({
  data: { base64: body.toString('base64'), contentType: declared, size: body.length },
});
