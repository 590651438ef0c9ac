import { renderText, type Scope } from '../render';

const MARKUP_TYPE = /^(text\/(html|xml)|application\/xml|[\w.-]+\/[\w.-]+\+xml)\s*(;|$)/i;

const RAW_OR_ESCAPED = /\{(\{\{[^{}]+\}\})\}|\{\{[^{}]+\}\}/g;

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Whether a body of this content type is HTML or XML, where a value could bring tags of its own. */
export function isMarkup(contentType: string): boolean {
  return MARKUP_TYPE.test(contentType.trim());
}

/**
 * Fills the variables of HTML or XML. A value is text there, whatever is in it, unless the maker says with
 * three braces, as Mustache does, that it is markup: `{{{variable}}}`. Made for text and for attributes in
 * quotes; inside `<script>`, `<style>` or a URL no escaping of this kind is enough.
 */
export function renderMarkup(template: string, scope: Scope): string {
  return template.replace(RAW_OR_ESCAPED, (match, raw?: string) =>
    raw === undefined ? renderText(match, scope, escapeMarkup) : renderText(raw, scope),
  );
}

/** The five characters that mean something in markup, as entities. What XML can't hold at all is left out. */
function escapeMarkup(text: string): string {
  return text
    .replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '')
    .replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
}
