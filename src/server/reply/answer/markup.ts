import { toText, type Filling } from '../../templates/render';
import { withEntities } from '../../units';
import { fillBraces } from './braces';

/**
 * Fills the variables of HTML or XML; one in three braces is markup. Made for text and for attributes in quotes; inside
 * `<script>`, `<style>` or a URL no escaping of this kind is enough. A body that is no text is JSON, and all of it is text
 * there.
 */
export function renderMarkup(body: unknown, filling: Filling): string {
  return typeof body === 'string'
    ? fillBraces(body, {
        escaped: (variable) => filling.renderText(variable, withEntities),
        raw: (variable) => filling.renderText(variable),
      })
    : filling.escaped(toText(filling.render(body)), withEntities);
}
