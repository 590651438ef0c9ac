import type { UseVariableOptions, VariableOption } from '@nocobase/plugin-workflow/client-v2';
import type { DeclaredVariable, VariableGroup, VariableType, WebhookConfig } from '../common/config';
import { pathParams } from '../common/path';
import { requestVariables, type RequestVariable } from '../common/requestVariables';
import type { Translate } from './locale';

/** A variable before it is written with the picker's field names; no type: anything may stand there. */
interface Variable {
  name: string;
  label: string;
  type?: VariableType;
  children?: Variable[];
}

/**
 * The variables below `$context`: the request's parts with what the maker declared in them.
 * `options.types` keeps only variables of these types, and the parents that lead to them.
 */
export function triggerVariables(
  config: WebhookConfig,
  t: Translate,
  options: UseVariableOptions = {},
): VariableOption[] {
  const variables = requestVariables(config);
  const of = (group: VariableGroup) => variables.filter((one) => one.group === group && one.isNameable);
  const data = of('data');
  const all: Variable[] = [
    // A body of which fields are declared is an object; any other may be anything.
    { name: 'data', label: t('Body'), children: nest(data), ...(data.length > 0 ? { type: 'object' } : {}) },
    { name: 'headers', label: t('Headers'), type: 'object', children: nest(of('headers')) },
    { name: 'query', label: t('Query parameters'), type: 'object', children: nest(of('query')) },
    { name: 'params', label: t('Path parameters'), type: 'object', children: pathVariables(config, of('params')) },
    ...named(variables, t),
    { name: 'method', label: t('Method'), type: 'string' },
    { name: 'path', label: t('Path'), type: 'string' },
    { name: 'ip', label: t('Client address'), type: 'string' },
    { name: 'deliveryId', label: t('Delivery ID'), type: 'string' },
    { name: 'receivedAt', label: t('Received at'), type: 'date' },
    { name: 'event', label: t('Event'), type: 'string' },
    { name: 'provider', label: t('Provider'), type: 'string' },
    { name: 'files', label: t('Files'), type: 'array', children: fileFields(t) },
    ...(config.body.keepRaw ? [{ name: 'rawBody', label: t('Raw body'), type: 'string' as const }] : []),
  ];
  return all.flatMap((variable) => toOption(variable, options));
}

/** What every file has, stored as an attachment or not, and what an attachment has beside it. */
function fileFields(t: Translate): Variable[] {
  return [
    { name: 'field', label: t('Form field'), type: 'string' },
    { name: 'filename', label: t('File name'), type: 'string' },
    { name: 'contentType', label: t('Content type'), type: 'string' },
    { name: 'size', label: t('Size in bytes'), type: 'number' },
    { name: 'id', label: t('Attachment ID'), type: 'number' },
    { name: 'title', label: t('Title'), type: 'string' },
    { name: 'url', label: t('URL'), type: 'string' },
  ];
}

/** The path's own parameters, with what the maker or the schema says of them. */
function pathVariables(config: WebhookConfig, known: readonly RequestVariable[]): Variable[] {
  return declaredParams(config).map((param) => flat(known.find(({ path }) => path === param.path) ?? param));
}

/** The path's own parameters, with the title and type that the maker declared for them. */
export function declaredParams(config: WebhookConfig): DeclaredVariable[] {
  const declared = new Map(config.variables.params.map((variable) => [variable.path, variable]));
  return pathParams(config.path).map((path) => declared.get(path) ?? { path, type: 'string' });
}

/** Those with an alias, whatever part of the request they are of. */
function named(variables: readonly RequestVariable[], t: Translate): Variable[] {
  const children = variables.flatMap(({ alias, title, path, type }) =>
    alias === undefined ? [] : [{ name: alias, label: title || path, type }],
  );
  return children.length === 0 ? [] : [{ name: 'vars', label: t('Named variables'), type: 'object', children }];
}

function flat({ path, title, type }: DeclaredVariable): Variable {
  return { name: path, label: title || path, type };
}

/** Makes `a.b` a child of `a`, which need not be declared itself. */
function nest(variables: readonly RequestVariable[]): Variable[] {
  const roots: Variable[] = [];
  for (const { names, title, type } of variables) {
    let siblings = roots;
    let current: Variable | undefined;
    for (const name of names) {
      current = siblings.find((sibling) => sibling.name === name);
      if (!current) {
        current = { name, label: name, type: 'object', children: [] };
        siblings.push(current);
      }
      siblings = current.children ??= [];
    }
    if (current) {
      Object.assign(current, { label: title || current.name, type });
    }
  }
  return roots;
}

function toOption(variable: Variable, options: UseVariableOptions): VariableOption[] {
  const children = (variable.children ?? []).flatMap((child) => toOption(child, options));
  if (children.length === 0 && !isWanted(variable.type, options.types)) {
    return [];
  }
  const { label = 'label', value = 'value', children: childrenName = 'children' } = options.fieldNames ?? {};
  return [
    {
      key: variable.name,
      [value]: variable.name,
      [label]: variable.label,
      ...(children.length > 0 ? { [childrenName]: children } : {}),
    },
  ];
}

/** Types given as objects or functions ask for collection fields and records, which a request doesn't hold. */
function isWanted(type: VariableType | undefined, types: UseVariableOptions['types']): boolean {
  return !types || types.some((wanted) => typeof wanted === 'string' && (type === undefined || wanted === type));
}
