import { toText, type Filling } from '../templates/render';
import { withEntities } from '../units';

/** Three braces on either side, no more and no less; or a variable. */
const RAW_OR_ESCAPED = /(?<!\{)\{(\{\{[^{}]+\}\})\}(?!\})|\{\{[^{}]+\}\}/g;

/**
 * Fills the variables of HTML or XML. A value is text there, whatever is in it, unless the maker says with
 * three braces, as Mustache does, that it is markup: `{{{variable}}}`. Made for text and for attributes in
 * quotes; inside `<script>`, `<style>` or a URL no escaping of this kind is enough. A body that is no text is JSON,
 * and all of it is text there.
 */
export function renderMarkup(body: unknown, filling: Filling): string {
  if (typeof body !== 'string') {
    return filling.escaped(toText(filling.render(body)), withEntities);
  }
  return body.replace(RAW_OR_ESCAPED, (match, raw?: string) =>
    raw === undefined ? filling.renderText(match, withEntities) : filling.renderText(raw),
  );
}
