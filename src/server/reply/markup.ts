import { render, renderText, toText, type Scope } from '../render';

/** Three braces on either side, no more and no less; or a variable. */
const RAW_OR_ESCAPED = /(?<!\{)\{(\{\{[^{}]+\}\})\}(?!\})|\{\{[^{}]+\}\}/g;

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/**
 * Fills the variables of HTML or XML. A value is text there, whatever is in it, unless the maker says with
 * three braces, as Mustache does, that it is markup: `{{{variable}}}`. Made for text and for attributes in
 * quotes; inside `<script>`, `<style>` or a URL no escaping of this kind is enough. A body that is no text is JSON,
 * and all of it is text there.
 */
export function renderMarkup(body: unknown, scope: Scope): string {
  if (typeof body !== 'string') {
    return escapeMarkup(toText(render(body, scope)));
  }
  return body.replace(RAW_OR_ESCAPED, (match, raw?: string) =>
    raw === undefined ? renderText(match, scope, escapeMarkup) : renderText(raw, scope),
  );
}

/** The five characters that mean something in markup, as entities. What XML can't hold at all is left out. */
function escapeMarkup(text: string): string {
  return text
    .replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '')
    .replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
}
