import { malformedJson } from '../json';
import { parseJsonText } from '../jsonText';
import type { BodyRules } from '../types';
import { because } from '../../../common/reasons/reason';

/**
 * What the text of a form's field stands for: null for nothing where the webhook wants that, and the value of JSON in a
 * field that is opened. A text in such a field that is no JSON stays a text. Throws `BODY_MALFORMED` for JSON that would
 * take too long to parse.
 */
export function fieldValue(name: string, text: string, rules: BodyRules): unknown {
  if (text === '') {
    return rules.emptyAsNull ? null : text;
  }
  if (!rules.jsonFields.includes(name)) {
    return text;
  }
  try {
    return parseJsonText(text, rules);
  } catch (error) {
    if (error instanceof SyntaxError) {
      return text;
    }
    throw malformedJson(error, because('JSON_MALFORMED', { detail: 'field' }));
  }
}
