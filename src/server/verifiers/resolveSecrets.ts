import { envReference, type SecretEntry, type SecretInput } from '../../common/secrets';
import { because, type Reason } from '../../common/reasons/reason';
import type { ResolvedSecret } from './types';

/** The secrets of a webhook at one moment. */
export interface ResolvedSecrets {
  usable: ResolvedSecret[];
  /** Whether any is set at all, be it expired or out of reach. */
  anySet: boolean;
  /** Why some are not usable, for the delivery log. */
  problems: Reason[];
}

/**
 * Resolves `{{$env.NAME}}` and leaves out what is empty, expired, still sealed, or refers to nothing.
 * @param called what one without a name is called where it can't be used; left out: its place among them
 */
export function resolveSecrets(
  secrets: readonly SecretInput[],
  env: Record<string, unknown> | undefined,
  now: number,
  called?: string,
): ResolvedSecrets {
  const resolved: ResolvedSecrets = { usable: [], anySet: false, problems: [] };
  for (const [index, input] of secrets.entries()) {
    const entry = toEntry(input);
    if (!entry) {
      continue;
    }
    resolved.anySet = true;
    const result = resolveEntry(entry, env, now, called ?? `#${index + 1}`);
    if ('code' in result) {
      resolved.problems.push(result);
    } else {
      resolved.usable.push(result);
    }
  }
  return resolved;
}

/** A setting as it is at one moment; undefined: it is not set. Or why one that is set has no value. */
export type ResolvedSetting = { value: unknown } | { problem: Reason };

/** A setting with its reference resolved, or out of a secret's entry; a list item by item. */
export function resolveSetting(
  value: unknown,
  env: Record<string, unknown> | undefined,
  now: number,
  called: string,
): ResolvedSetting {
  if (Array.isArray(value)) {
    const items = value.map((item) => resolveSetting(item, env, now, called));
    return (
      items.find((item) => 'problem' in item) ?? {
        value: items.map((item) => ('value' in item ? item.value : undefined)),
      }
    );
  }
  const isEntry = isRecord(value) && ('value' in value || 'sealed' in value);
  if (typeof value !== 'string' && !isEntry) {
    return { value };
  }
  const { usable, problems } = resolveSecrets([value], env, now, called);
  const [problem] = problems;
  return problem === undefined ? { value: usable[0]?.value } : { problem };
}

/** Null: nothing is set. */
function toEntry(input: unknown): SecretEntry | null {
  const entry: unknown = typeof input === 'string' ? { value: input } : input;
  if (!isRecord(entry)) {
    return null;
  }
  const { value, sealed } = entry;
  return (value === undefined || value === null || isBlank(value)) && !sealed ? null : entry;
}

function resolveEntry(
  entry: SecretEntry,
  env: Record<string, unknown> | undefined,
  now: number,
  called: string,
): ResolvedSecret | Reason {
  const { value, expiresAt } = entry;
  const name = typeof entry.name === 'string' && entry.name !== '' ? entry.name : null;
  const secret = name ?? called;
  // What can't be read as a date can't be told to be still to come.
  if (expiresAt && !(Date.parse(expiresAt) / 1000 > now)) {
    return because('SECRET_EXPIRED', { secret, expiresAt: String(expiresAt) });
  }
  if (typeof value !== 'string' || isBlank(value)) {
    return because('SECRET_UNREADABLE', { secret });
  }
  const reference = envReference(value);
  if (reference === null) {
    return { name, value };
  }
  const found = env && Object.hasOwn(env, reference) ? env[reference] : undefined;
  return typeof found === 'string' && !isBlank(found)
    ? { name, value: found }
    : because('VARIABLE_NOT_SET', { variable: reference });
}

function isBlank(value: unknown): boolean {
  return typeof value === 'string' && value.trim() === '';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
