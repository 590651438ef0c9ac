import { isFormBody, type FormFields } from './formFields';
import { refuse } from './providers/fields';
import type { Sources } from './Sources';
import type { NotVerified } from './types';

/** What stands between a name and its value and between one field and the next, and the fields that are left out. */
interface Joining {
  between: string;
  join: string;
  without: readonly string[];
}

/**
 * Names and values of a form or a query, sorted by name and joined. A value that repeats under one name counts once, as
 * in Twilio's own SDK; several are sorted.
 * @param how nothing: joined without anything between; else the text between name and value, the one between fields,
 * a character each, and behind `!` the names to leave out: `=&!sign,sign_type`
 */
export function joinedFields(place: 'form' | 'query', how: string, sources: Sources): string | NotVerified {
  if (place === 'form' && !isFormBody(sources.request)) {
    return refuse('The body is no form, which is what this signature covers.');
  }
  const fields = place === 'form' ? sources.formFields() : sources.queryFields();
  if (fields === null) {
    return refuse('The form has more fields than any sender has, or is none.');
  }
  const joining = joiningOf(how);
  const signed = fields.filter(([name]) => !joining.without.includes(name));
  return signed.some((field) => isAmbiguous(field, joining))
    ? refuse('A field holds what stands between the fields that are signed, so that it could be read as several.')
    : joined(signed, joining);
}

function joiningOf(how: string): Joining {
  const mark = how.indexOf('!');
  const [between = '', join = ''] = mark === -1 ? how : how.slice(0, mark);
  return { between, join, without: mark === -1 ? [] : how.slice(mark + 1).split(',') };
}

/** Whether a name or value could be taken for other fields, once all are joined without escaping. */
function isAmbiguous([name, value]: FormFields[number], { between, join }: Joining): boolean {
  if (between === '' || join === '') {
    return false;
  }
  const next = value.indexOf(join);
  return name.includes(between) || name.includes(join) || (next !== -1 && value.includes(between, next));
}

function joined(fields: FormFields, { between, join }: Joining): string {
  const values = new Map<string, Set<string>>();
  for (const [name, value] of fields) {
    const known = values.get(name);
    if (known) {
      known.add(value);
    } else {
      values.set(name, new Set([value]));
    }
  }
  return [...values.keys()]
    .sort()
    .flatMap((name) => [...(values.get(name) ?? [])].sort().map((value) => `${name}${between}${value}`))
    .join(join);
}
