import { REDACTED } from '../../common/deliveries';
import { formFields } from '../parsers/form';
import { MAX_FIELDS } from '../verifiers/formFields';

/** A form-urlencoded body with other values for these fields; the same bytes where it has none of them. */
export function formWithout(body: Buffer, names: readonly string[]): Buffer {
  // A byte a character: whatever is in the others comes back as it was.
  const pairs = body.toString('latin1').split('&', MAX_FIELDS + 1);
  if (pairs.length > MAX_FIELDS) {
    return body;
  }
  const kept = pairs.map((pair) => {
    const [name] = pair.split('=', 1);
    return name !== undefined && names.includes(decoded(name)) ? `${name}=${REDACTED}` : pair;
  });
  return kept.some((pair, index) => pair !== pairs[index]) ? Buffer.from(kept.join('&'), 'latin1') : body;
}

function decoded(name: string): string {
  const [[found] = ['']] = formFields(Buffer.from(name, 'latin1'));
  return found;
}
