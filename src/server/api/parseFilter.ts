import type { Filter } from '@nocobase/database';
import { isRecord } from '../../common/rules';
import { FILTER_TYPES } from './deliveryFilter';
import { readValue, type FilterType, type Read } from './filterValues';

const MAX_DEPTH = 10;
const MAX_CONDITIONS = 200;
const MAX_LIST = 1_000;

type Filterable = Exclude<FilterType, 'none'>;

/** How an operator's value is read. */
type ValueForm = 'one' | 'oneOrNull' | 'list' | 'pattern' | 'range' | 'null' | 'none';

interface Operator {
  form: ValueForm;
  /** Left out: every type. */
  types?: readonly Filterable[];
}

const ORDERED: Operator = { form: 'one', types: ['uuid', 'integer', 'bigint', 'date'] };
const PATTERN: Operator = { form: 'pattern', types: ['text'] };
const DATED: Operator = { form: 'one', types: ['date'] };

/** NocoBase's own operators, as far as they make sense for a delivery. */
const OPERATORS: Readonly<Record<string, Operator>> = {
  $eq: { form: 'oneOrNull' },
  $ne: { form: 'oneOrNull' },
  $in: { form: 'list' },
  $notIn: { form: 'list' },
  $is: { form: 'null' },
  $not: { form: 'null' },
  $empty: { form: 'none' },
  $notEmpty: { form: 'none' },
  $gt: ORDERED,
  $gte: ORDERED,
  $lt: ORDERED,
  $lte: ORDERED,
  $includes: PATTERN,
  $notIncludes: PATTERN,
  $startsWith: PATTERN,
  $notStartsWith: PATTERN,
  $endWith: PATTERN,
  $notEndWith: PATTERN,
  $dateOn: DATED,
  $dateNotOn: DATED,
  $dateBefore: DATED,
  $dateNotBefore: DATED,
  $dateAfter: DATED,
  $dateNotAfter: DATED,
  $dateBetween: { form: 'range', types: ['date'] },
};

/** A filter that can't be used. The message is for who asked. */
export class FilterError extends Error {
  override readonly name = 'FilterError';
}

export interface ParsedFilter {
  /** In NocoBase's own form, written anew: what is in it can be asked of every database. */
  filter: Filter;
  /** How many conditions it has; 0: it leaves nothing out. */
  conditions: number;
}

/**
 * Reads a filter of deliveries in NocoBase's own form: `{ field: value }`, `{ "field.$operator": value }`,
 * `{ field: { $operator: value } }`, with `$and`, `$or` and `$not` around. Throws {@link FilterError}.
 * @param escapesPatterns whether a backslash in what is looked for has to be doubled, as SQLite alone has it not
 */
export function parseFilter(given: unknown, { escapesPatterns }: { escapesPatterns: boolean }): ParsedFilter {
  const parser = new FilterParser(escapesPatterns);
  const filter = parser.group(given, 0, true);
  return { filter, conditions: parser.conditions };
}

class FilterParser {
  conditions = 0;

  constructor(private readonly escapesPatterns: boolean) {}

  group(given: unknown, depth: number, mayBeEmpty = false): Filter {
    if (!isRecord(given)) {
      throw new FilterError('The filter is not an object.');
    }
    if (depth > MAX_DEPTH) {
      throw new FilterError(`The filter is nested more than ${MAX_DEPTH} levels deep.`);
    }
    const parts = Object.entries(given).flatMap(([key, value]) => this.part(key, value, depth));
    if (parts.length === 0 && !mayBeEmpty) {
      throw new FilterError('The filter has a group without a condition.');
    }
    return parts.length === 0 ? {} : { $and: parts };
  }

  private part(key: string, value: unknown, depth: number): Filter[] {
    if (key === '$and' || key === '$or') {
      if (!Array.isArray(value) || value.length === 0) {
        throw new FilterError(`${key} needs a list of conditions.`);
      }
      return [{ [key]: value.map((item) => this.group(item, depth + 1)) }];
    }
    if (key === '$not') {
      return [{ $not: this.group(value, depth + 1) }];
    }
    const [field = '', operator, ...more] = key.split('.');
    const type = typeOf(field, key);
    if (operator !== undefined) {
      return [this.condition(field, type, [operator, ...more].join('.'), value)];
    }
    if (!isRecord(value)) {
      return [this.condition(field, type, Array.isArray(value) ? '$in' : '$eq', value)];
    }
    const conditions = Object.entries(value).map(([name, wanted]) => this.condition(field, type, name, wanted));
    if (conditions.length === 0) {
      throw new FilterError(`There is no condition for ${field}.`);
    }
    return conditions;
  }

  private condition(field: string, type: Filterable, name: string, value: unknown): Filter {
    const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
    if (!operator || (operator.types && !operator.types.includes(type))) {
      throw new FilterError(`${field} can not be filtered by ${name.slice(0, 100)}. ${offered(type)}`);
    }
    if (++this.conditions > MAX_CONDITIONS) {
      throw new FilterError(`The filter has more than ${MAX_CONDITIONS} conditions.`);
    }
    const read = this.read(operator.form, type, value);
    if ('problem' in read) {
      throw new FilterError(`${field}.${name} needs ${read.problem}.`);
    }
    return { [field]: { [name]: read.value } };
  }

  private read(form: ValueForm, type: Filterable, value: unknown): Read {
    switch (form) {
      case 'none':
        // Others have it that `false` turns it round; NocoBase doesn't look at it.
        return value === false ? { problem: 'true, or its opposite' } : { value: true };
      case 'null':
        return value === null ? { value } : { problem: 'null' };
      case 'oneOrNull':
        return value === null ? { value } : readValue(value, type);
      case 'one':
        return readValue(value, type);
      case 'list':
        return readList(value, type, MAX_LIST);
      case 'range':
        return Array.isArray(value) && value.length === 2
          ? readList(value, type, 2)
          : { problem: 'a list of two dates' };
      case 'pattern': {
        const read = readValue(value, type);
        // An empty text is part of every text: nobody means that.
        return 'value' in read && read.value === '' ? { problem: 'a text that is not empty' } : this.escaped(read);
      }
    }
  }

  private escaped(read: Read): Read {
    return this.escapesPatterns && 'value' in read ? { value: String(read.value).replace(/\\/g, '\\\\') } : read;
  }
}

function readList(value: unknown, type: Filterable, max: number): Read<unknown[]> {
  if (!Array.isArray(value) || value.length === 0 || value.length > max) {
    return { problem: `a list of 1 to ${max} values` };
  }
  const values: unknown[] = [];
  for (const item of value as unknown[]) {
    const read = readValue(item, type);
    if ('problem' in read) {
      return { problem: `a list of values, each ${read.problem}` };
    }
    values.push(read.value);
  }
  return { value: values };
}

function typeOf(field: string, key: string): Filterable {
  const type = Object.hasOwn(FILTER_TYPES, field) ? FILTER_TYPES[field as keyof typeof FILTER_TYPES] : 'none';
  if (type === 'none') {
    throw new FilterError(`Deliveries can not be filtered by ${key.slice(0, 100)}.`);
  }
  return type;
}

function offered(type: Filterable): string {
  const names = Object.entries(OPERATORS).filter(([, { types }]) => !types || types.includes(type));
  return `It can be by ${names.map(([name]) => name).join(', ')}.`;
}
