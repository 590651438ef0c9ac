// Framework-free: what may stand in braces in a signed text. The one grammar for engine, panel, guides and command line.

import { HASH_ALGORITHMS, type SignatureScheme } from './presets';

const SOURCES = '(?:header|query|json|xml|form|path|config):[^{}]+';
const DIGEST = `(?:${HASH_ALGORITHMS.join('|')})(?:-(?:hex|upper|base64|base64url))?`;
const FIXED = ['body', 'ts', 'url', 'url-decoded', 'url-bare', 'path', 'target', 'method', 'secret', 'headers'];

/** One placeholder; its group is what stands between the braces. All other text stands for itself. */
export const PLACEHOLDER = new RegExp(
  `\\{(${SOURCES}|sorted:[^{}]+|sorted-(?:form|query)(?::[^{}]*)?|${DIGEST}:(?:body|secret|${SOURCES})|${FIXED.join('|')})\\}`,
);

/** Every text that a scheme's sender may have signed, as templates. */
export function contentTemplates({
  content,
  alternatives = [],
}: Pick<SignatureScheme, 'content' | 'alternatives'>): string[] {
  return [content || '{body}', ...alternatives];
}

/** The digest of a whole body inside the signed text, such as `{sha256:body}`. */
const BODY_DIGEST = new RegExp(`\\{${DIGEST}:body\\}`);

/** Whether a text holds the whole body, be it as its digest. */
export function holdsBody(template: string): boolean {
  return template.includes('{body}') || template.includes('{sorted-form') || BODY_DIGEST.test(template);
}

/** Whether a text holds the URL with its query; `{target}` and `{path}` with `{sorted-query}` are as good. */
export function holdsUrl(template: string): boolean {
  return (
    ['{url}', '{url-decoded}', '{target}'].some((part) => template.includes(part)) ||
    (['{url-bare}', '{path}'].some((part) => template.includes(part)) && template.includes('{sorted-query'))
  );
}

/** Names of a text's placeholders, in order. */
export function placeholdersIn(template: string): string[] {
  return template.split(PLACEHOLDER).filter((_part, index) => index % 2 === 1);
}

/** Whether the secret itself is in a text: as it is, as its digest, or sorted among others. */
export function namesSecret(template: string): boolean {
  return placeholdersIn(template).some(isOfSecret);
}

const SECRET_DIGEST = new RegExp(`^${DIGEST}:secret$`);

/** Whether what a placeholder of this name stands for has the secret in it. */
export function isOfSecret(name: string): boolean {
  return (
    name === 'secret' ||
    SECRET_DIGEST.test(name) ||
    (name.startsWith('sorted:') && name.slice('sorted:'.length).split(',').includes('secret'))
  );
}
