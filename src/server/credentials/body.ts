import type { WebhookAuth } from '../../common/auth';
import { REDACTED } from '../../common/deliveries';
import { isRecord } from '../../common/rules';
import { parseBounded } from '../boundedJson';
import { formPath } from '../../common/formPath';
import { namesIn } from './places';

/** A parsed body without the webhook's own credential; the same value where it holds none. */
export function dataWithoutCredentials(data: unknown, auth: WebhookAuth): unknown {
  const inJson = namesIn('json', auth).reduce((value, path) => redactAt(value, path.split('.')), data);
  const inForm = namesIn('form', auth).reduce((value, name) => redactField(redactAt(value, [name]), name), inJson);
  return namesIn('xml', auth).reduce(redactBelowRoot, inForm);
}

/** A received body without the webhook's own credential: JSON written anew where it holds one, else the same bytes. */
export function bodyWithoutCredentials(body: Buffer, auth: WebhookAuth): Buffer {
  if (namesIn('json', auth).length === 0) {
    return body;
  }
  try {
    const data: unknown = parseBounded(body.toString('utf8'));
    const redacted = dataWithoutCredentials(data, auth);
    return redacted === data ? body : Buffer.from(JSON.stringify(redacted));
  } catch {
    return body;
  }
}

/** Follows `a.b` and `a[].b` as a scheme's sources are followed. */
function redactAt(value: unknown, path: readonly string[]): unknown {
  const [step, ...rest] = path;
  if (step === undefined) {
    return REDACTED;
  }
  const isList = step.endsWith('[]');
  const key = isList ? step.slice(0, -2) : step;
  if (isList && key === '') {
    return redactItems(value, rest);
  }
  if (!isRecord(value) || !Object.hasOwn(value, key)) {
    return value;
  }
  const old = value[key];
  const next = isList ? redactItems(old, rest) : redactAt(old, rest);
  return next === old ? value : { ...value, [key]: next };
}

function redactItems(list: unknown, path: readonly string[]): unknown {
  if (!Array.isArray(list)) {
    return list;
  }
  const redacted = list.map((item) => redactAt(item, path));
  return redacted.some((item, index) => item !== list[index]) ? redacted : list;
}

/** The field of a form as it is nested by its name. */
function redactField(data: unknown, name: string): unknown {
  const path = formPath(name);
  return path.length > 1 ? redactNested(data, path) : data;
}

/** A name may stand for an item of a list, or go into all of them. */
function redactNested(value: unknown, path: readonly string[]): unknown {
  const [step, ...rest] = path;
  if (step === undefined) {
    return REDACTED;
  }
  if (Array.isArray(value)) {
    const isItem = Object.hasOwn(value, step);
    return value.map((item, index) =>
      isItem
        ? step === String(index)
          ? redactNested(item, rest)
          : item
        : redactNested(item, step === '' ? rest : path),
    );
  }
  return isRecord(value) && Object.hasOwn(value, step) ? { ...value, [step]: redactNested(value[step], rest) } : value;
}

/** An element right below the root of an XML document, as the parser has it. */
function redactBelowRoot(data: unknown, element: string): unknown {
  const key = element.replaceAll(':', '_');
  const [root, ...others] = isRecord(data) ? Object.keys(data) : [];
  const fields = isRecord(data) && root !== undefined && others.length === 0 ? data[root] : null;
  if (root === undefined || !isRecord(fields) || !Object.hasOwn(fields, key)) {
    return data;
  }
  const old = fields[key];
  return { [root]: { ...fields, [key]: Array.isArray(old) ? old.map(() => REDACTED) : REDACTED } };
}
