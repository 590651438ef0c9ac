// Framework-free: what variables and their aliases must look like, and whatever names them.

import { ALIAS } from './aliases';
import {
  resolveConfig,
  VARIABLE_GROUPS,
  VARIABLE_TYPES,
  type DeclaredVariable,
  type WebhookConfig,
  type WebhookConfigInput,
} from './config';
import { parseDataPath } from './dataPath';
import { aliasesIn, parseSources } from './requestSource';
import { namedVariables, namesOf, withAliases } from './requestVariables';
import { all, fields, issue, list, oneOf, text, type ConfigIssue, type Rule } from './rules';
import { isOfObjects, unreadableIn } from './templateNames';

const variable = fields(
  {
    path: text({ min: 1, max: 300 }),
    alias: all(text(), (value, at) => {
      if (!ALIAS.test(value as string)) {
        return issue(at, 'An alias is a letter or _ and up to 62 letters, digits and _ behind it, of A to Z.');
      }
      return isOfObjects(value as string)
        ? issue(at, 'Every object has something of this name by itself: choose another alias.')
        : [];
    }),
    title: text({ max: 300 }),
    type: oneOf(VARIABLE_TYPES),
  },
  ['path'],
);

/** A header's name is taken as it is. */
const nestedVariable: Rule = all(variable, (value, at) => {
  const { path } = value as DeclaredVariable;
  if (parseDataPath(path) === null) {
    return issue(`${at}.path`, 'A name in quotes is closed as it was opened: fields["System.State"].');
  }
  return namesOf('data', path) === null
    ? issue(`${at}.path`, 'A variable path is names with single dots between them.')
    : [];
});

/** The declared variables, of whatever part of the request. */
export const variables: Rule = all(
  fields(
    Object.fromEntries(
      VARIABLE_GROUPS.map((group) => [group, list(group === 'headers' ? variable : nestedVariable, { max: 500 })]),
    ),
  ),
  (value, at) => {
    const holders = new Map<string, string>();
    return eachDeclared(value as WebhookConfigInput['variables']).flatMap(({ group, index, declared }) => {
      const { alias, path: own } = declared;
      const holder = alias === undefined ? undefined : holders.get(alias);
      if (alias !== undefined && holder === undefined) {
        holders.set(alias, own);
      }
      return holder === undefined
        ? []
        : issue(`${at}.${group}.${index}.alias`, 'The alias {{alias}} is that of {{holder}} already.', {
            alias: String(alias),
            holder,
          });
    });
  },
);

function eachDeclared(groups: WebhookConfigInput['variables'] = {}) {
  return VARIABLE_GROUPS.flatMap((group) =>
    (groups[group] ?? []).map((declared, index) => ({ group, index, declared })),
  );
}

/** A key by an alias that nothing has would tell no repeats, or put nothing in order, and nobody would know. */
export const sourceAliases: Rule = (value) => {
  const config = resolveConfig(value as WebhookConfigInput);
  const aliasesOf = (sources: string | undefined | null) => aliasesIn(parseSources(sources ?? ''));
  return [
    ...unknown('dedupe.key', aliasesOf(config.dedupe?.key), config),
    ...unknown('orderBy', aliasesOf(config.orderBy), config),
  ];
};

/**
 * Names that no template could hold, and aliases in templates that nothing has: with the one a node would write the
 * template itself, by the other a filter would ignore every call.
 */
export function aliasIssues(stored: WebhookConfigInput): ConfigIssue[] {
  const config = resolveConfig(stored);
  const { filter, response } = config;
  const { status, contentType, headers, body } = response;
  const templates = {
    filter,
    'response.status': status,
    'response.contentType': contentType,
    'response.headers': headers,
    'response.body': body,
  };
  return [
    ...unnameable(stored),
    ...Object.entries({ ...templates, 'response.onFailure': response.onFailure }).flatMap(([at, template]) => [
      ...unknown(at, aliasesInTemplate(template), config),
      ...unreadable(at, template),
    ]),
  ];
}

function aliasesInTemplate(template: unknown): string[] {
  return [...JSON.stringify(template ?? null).matchAll(/\{\{\s*\$context\.vars\.([^\s.:{}]+)/g)].map(
    ([, alias = '']) => alias,
  );
}

function unknown(at: string, asked: readonly string[], config: WebhookConfig): ConfigIssue[] {
  if (asked.length === 0) {
    return [];
  }
  const known = new Set(namedVariables(config).map(({ alias }) => alias));
  const missing = asked.find((alias) => !known.has(alias));
  return missing === undefined ? [] : issue(at, 'No variable has the alias {{alias}}.', { alias: missing });
}

/** A variable that is never filled in: a filter would ignore every call, and a caller be answered the template itself. */
function unreadable(at: string, template: unknown): ConfigIssue[] {
  const [name] = unreadableIn(template);
  return name === undefined
    ? []
    : issue(at, 'No template can name {{name}}: declare it as a variable, and use its alias.', { name });
}

/** Declared variables that no template could name, and the alias that is proposed for each. */
function unnameable(stored: WebhookConfigInput): ConfigIssue[] {
  const filled = withAliases(resolveConfig(stored));
  return eachDeclared(stored.variables).flatMap(({ group, index, declared }) => {
    const alias = filled[group][index]?.alias;
    return alias === undefined || alias === declared.alias
      ? []
      : issue(
          `variables.${group}.${index}.alias`,
          'No template can name {{name}}: give it an alias, such as {{alias}}.',
          { name: declared.path, alias },
        );
  });
}
