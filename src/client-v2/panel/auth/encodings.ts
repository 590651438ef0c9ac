import { text } from '../../locale';

/** How a signature is written; the labels are English, and the i18n keys. */
export const SIGNATURE_ENCODINGS = [
  { value: 'hex', label: text('Hexadecimal') },
  { value: 'base64', label: text('Base64') },
  { value: 'base64url', label: text('Base64, URL-safe') },
];
