// Framework-free: the variables of a request, and under which names templates reach them.

import { Aliases } from './aliases';
import { VARIABLE_GROUPS, type DeclaredVariable, type VariableGroup, type WebhookConfig } from './config';
import { parseDataPath } from './dataPath';
import { parseSource, type RequestSource } from './requestSource';
import { schemaVariables } from './schemaVariables';
import { templateCanName } from './templateNames';

/** What says which variables there are. */
export type VariableSettings = Pick<WebhookConfig, 'variables' | 'body' | 'headers' | 'query' | 'params'>;

/** One variable of a request. */
export interface RequestVariable extends DeclaredVariable {
  group: VariableGroup;
  /** The names of its path, outermost first. */
  names: string[];
  /** Whether a template can name it by its path. */
  isNameable: boolean;
}

/** One that `$context.vars` holds. */
export interface NamedVariable extends RequestVariable {
  alias: string;
}

/**
 * The variables of every part of a request: those that the maker declared, and behind them those that the schemas name. A
 * declared one goes before one of the same path that a schema names. What no template can name by its path has an alias:
 * its own, or one made of the path.
 */
export function requestVariables(config: VariableSettings): RequestVariable[] {
  const found = VARIABLE_GROUPS.flatMap((group) => variablesOf(group, config));
  const aliases = new Aliases(found.flatMap(({ alias }) => alias ?? []));
  return found.map((variable) =>
    variable.alias === undefined && !variable.isNameable
      ? { ...variable, alias: aliases.make(variable.names) }
      : variable,
  );
}

/** Those of them that `$context.vars` holds, by their aliases. */
export function namedVariables(config: VariableSettings): NamedVariable[] {
  return requestVariables(config).filter((variable): variable is NamedVariable => variable.alias !== undefined);
}

/**
 * The names of a variable's path. A header's name is one, dots and all, and in lower case; null: it is no path, or one with
 * a name left out between its dots.
 */
export function namesOf(group: VariableGroup, path: string): string[] | null {
  if (group === 'headers') {
    return path === '' ? null : [path.toLowerCase()];
  }
  const names = parseDataPath(path);
  return names?.includes('') && !path.includes('[""]') ? null : names;
}

/** Where the one value stands that a text names; undefined: it names none, or several. */
export function placeOf(
  text: string,
  variables: readonly NamedVariable[],
): Exclude<RequestSource['place'], 'vars'> | undefined {
  const source = parseSource(text);
  if (source?.place !== 'vars') {
    return source?.place;
  }
  const group = variables.find(({ alias }) => alias === source.name)?.group;
  return group && PLACES[group];
}

const PLACES = { headers: 'header', query: 'query', params: 'params', data: 'json' } as const;

/** The declared variables, with an alias for each that no template can name by its path. */
export function withAliases(config: VariableSettings): WebhookConfig['variables'] {
  const known = new Map(requestVariables(config).map((variable) => [`${variable.group} ${variable.path}`, variable]));
  const { data, headers, query, params } = config.variables;
  const fill = (group: VariableGroup, declared: readonly DeclaredVariable[]) =>
    declared.map((variable) => {
      const alias = variable.alias ?? known.get(`${group} ${variable.path}`)?.alias;
      return alias === undefined ? variable : { ...variable, alias };
    });
  return {
    data: fill('data', data),
    headers: fill('headers', headers),
    query: fill('query', query),
    params: fill('params', params),
  };
}

function variablesOf(group: VariableGroup, config: VariableSettings): RequestVariable[] {
  const { schema } = config[group === 'data' ? 'body' : group];
  const declared = config.variables[group].flatMap((variable) => parsed(group, variable));
  const isDeclared = new Set(declared.map(({ names }) => keyOf(names)));
  const named = (schema ? schemaVariables(schema, group) : []).flatMap((variable) => parsed(group, variable));
  const found = [...declared, ...named.filter(({ names }) => !isDeclared.has(keyOf(names)))];
  const lists = new Set(found.flatMap(({ names, type }) => (type === 'array' ? keyOf(names) : [])));
  if (schema?.type === 'array') {
    lists.add(keyOf([]));
  }
  const isNameable = (names: readonly string[]) =>
    templateCanName(names, (depth) => lists.has(keyOf(names.slice(0, depth))));
  return found.map((variable) => ({ ...variable, group, isNameable: isNameable(variable.names) }));
}

function parsed(group: VariableGroup, variable: DeclaredVariable): (DeclaredVariable & { names: string[] })[] {
  const names = namesOf(group, variable.path);
  return names === null ? [] : [{ ...variable, names }];
}

function keyOf(names: readonly string[]): string {
  return JSON.stringify(names);
}
