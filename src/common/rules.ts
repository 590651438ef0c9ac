// Framework-free: small building blocks with which a configuration's shape is checked.

/**
 * One thing wrong with a configuration.
 * `message` is English and an i18n key; `values` fill its `{{…}}`; `path` is where, with dots.
 */
export interface ConfigIssue {
  path: string;
  message: string;
  values?: Record<string, string | number>;
}

/** What is wrong, wherever that is. */
export type Problem = Omit<ConfigIssue, 'path'>;

/** What was typed in, as a message and a log may repeat it: a URL's user name and password stand before an `@`. */
export function withoutUserInfo(entered: string): string {
  const at = entered.lastIndexOf('@');
  return at < 0 ? entered : `…${entered.slice(at)}`;
}

/** One, for what finds it without knowing where. */
export function problem(message: string, values?: ConfigIssue['values']): Problem {
  return values ? { message, values } : { message };
}

/** Marks a literal that is handed on as a message, so that tools find it. */
export function issueText<Text extends string>(text: Text): Text {
  return text;
}

/** Looks at one value and tells everything that is wrong with it. */
export type Rule = (value: unknown, path: string) => ConfigIssue[];

/** One issue as a list, for a rule to return. */
export function issue(path: string, message: string, values?: ConfigIssue['values']): ConfigIssue[] {
  return [values ? { path, message, values } : { path, message }];
}

/** Tells whether `value` is an object with keys: neither null nor a list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object with these fields and no others; a field that is left out is passed over unless `required`. */
export function fields(rules: Record<string, Rule>, required: readonly string[] = []): Rule {
  return (value, path) => {
    if (!isRecord(value)) {
      return issue(path, 'This must be an object.');
    }
    const issues: ConfigIssue[] = [];
    for (const key of Object.keys(value)) {
      const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
      if (rule) {
        issues.push(...(value[key] === undefined ? [] : rule(value[key], join(path, key))));
      } else {
        issues.push(...unknownKey(key, Object.keys(rules), path));
      }
    }
    for (const key of required) {
      if (value[key] === undefined) {
        issues.push(...issue(join(path, key), 'This is required.'));
      }
    }
    return issues;
  };
}

/** A list whose items all satisfy `rule`. */
export function list(rule: Rule, { max = 100 }: { max?: number } = {}): Rule {
  return (value, path) => {
    if (!Array.isArray(value)) {
      return issue(path, 'This must be a list.');
    }
    if (value.length > max) {
      return issue(path, 'This list may have at most {{max}} items.', { max });
    }
    return value.flatMap((item, index) => rule(item, join(path, String(index))));
  };
}

/** A list that may not be empty, of at most 50. */
export function some(rule: Rule): Rule {
  return all(list(rule, { max: 50 }), (value, path) =>
    (value as unknown[]).length === 0 ? issue(path, 'This is required.') : [],
  );
}

/** An object whose keys and values satisfy these rules, with at most so many. */
export function recordOf(key: Rule, value: Rule, { max }: { max: number }): Rule {
  return (record, path) => {
    if (!isRecord(record)) {
      return issue(path, 'This must be an object.');
    }
    const entries = Object.entries(record);
    return entries.length > max
      ? issue(path, 'This list may have at most {{max}} items.', { max })
      : entries.flatMap(([name, item]) => [...key(name, join(path, name)), ...value(item, join(path, name))]);
  };
}

/** Text, by default of any content and at most 10,000 characters. */
export function text({ min = 0, max = 10_000 }: { min?: number; max?: number } = {}): Rule {
  return (value, path) => {
    if (typeof value !== 'string') {
      return issue(path, 'This must be text.');
    }
    if (value.length < min) {
      return issue(path, 'This is required.');
    }
    return value.length > max ? issue(path, 'This may have at most {{max}} characters.', { max }) : [];
  };
}

/** A whole number within bounds, both included. */
export function integer(min: number, max: number): Rule {
  return (value, path) =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
      ? []
      : issue(path, 'This must be a whole number from {{min}} to {{max}}.', { min, max });
}

/** `true` or `false`. */
export const flag: Rule = (value, path) =>
  typeof value === 'boolean' ? [] : issue(path, 'This must be true or false.');

/** Whatever it is. */
export const anything: Rule = () => [];

/** One of these values. */
export function oneOf(allowed: readonly string[]): Rule {
  return (value, path) =>
    typeof value === 'string' && allowed.includes(value)
      ? []
      : issue(path, 'This must be one of: {{allowed}}.', { allowed: allowed.join(', ') });
}

/** One of these numbers. */
export function numberOf(allowed: readonly number[]): Rule {
  return (value, path) =>
    typeof value === 'number' && allowed.includes(value)
      ? []
      : issue(path, 'This must be one of: {{allowed}}.', { allowed: allowed.join(', ') });
}

/** `rule`, or null. */
export function nullable(rule: Rule): Rule {
  return (value, path) => (value === null ? [] : rule(value, path));
}

/** Every one of these rules; the later ones only while the earlier found nothing. */
export function all(...rules: Rule[]): Rule {
  return (value, path) => {
    for (const rule of rules) {
      const issues = rule(value, path);
      if (issues.length > 0) {
        return issues;
      }
    }
    return [];
  };
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function unknownKey(key: string, known: readonly string[], path: string): ConfigIssue[] {
  const near = known.find((candidate) => isNear(key.toLowerCase(), candidate.toLowerCase()));
  return near
    ? issue(join(path, key), 'Unknown setting "{{key}}". Did you mean "{{near}}"?', { key, near })
    : issue(join(path, key), 'Unknown setting "{{key}}".', { key });
}

/** Whether one is the other with a character changed, added or left out. */
function isNear(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) {
    return false;
  }
  let start = 0;
  while (start < a.length && a[start] === b[start]) {
    start++;
  }
  const tails = [
    [a.slice(start), b.slice(start + 1)],
    [a.slice(start + 1), b.slice(start)],
    [a.slice(start + 1), b.slice(start + 1)],
  ];
  return tails.some(([one, other]) => one === other);
}
