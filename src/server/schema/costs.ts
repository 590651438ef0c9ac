import { isRecord } from '../../common/rules';

/** What one evaluation of a keyword costs by itself, without the subschemas that it applies, in units of the budget. */
export type Cost = (data: unknown) => number;

/** What of a schema tells a keyword's cost. */
export interface KeywordPlace {
  /** The keyword's own value. */
  value: unknown;
  /** The schema object that it stands in. */
  parent: Record<string, unknown>;
  /** Names that the parts of the schema tell each other of; 0: nothing in it asks what was evaluated. */
  evaluated: number;
}

/** Characters of a text that are looked at in one unit. */
export const CHARACTERS = 20;

const ONE: Cost = () => 1;

const length = (value: unknown): number =>
  Array.isArray(value) ? value.length : isRecord(value) ? Object.keys(value).length : 0;
const ofCharacters =
  (each: number): Cost =>
  (data) =>
    1 + (typeof data === 'string' ? data.length / each : 0);
/** The text is read from its beginning to its end. */
const ofText = ofCharacters(CHARACTERS);
/** Each item once. */
const ofItems: Cost = (data) => 1 + (Array.isArray(data) ? data.length : 0);
/** Each item once, and an error made for it. */
const ofItemsRefused: Cost = (data) => 1 + (Array.isArray(data) ? 5 * data.length : 0);
/** Names above which V8 keeps an object as a table, which takes several times as long to go through. */
export const TABLE = 64;
/** What it takes to go through so many names of one object, and to look at `each` things for each of them. */
export const costOfNames = (names: number, each = 1): number => names * (2 * each + (names > TABLE ? 6 : 0));
/** To begin going through an object's names, of which it may have but one. */
const LOOP = 4;
/** Each name once, and `each` things looked at for it. */
const ofNames =
  (each = 1): Cost =>
  (data) =>
    isRecord(data) ? LOOP + costOfNames(Object.keys(data).length, each) : 1;
/** So many, whatever the value. */
const fixed =
  (units: number): Cost =>
  () =>
    1 + units;

/** Subschemas that are all or some applied, and then tell which names they have evaluated. */
const branches = ({ value, evaluated }: KeywordPlace): Cost =>
  fixed((Array.isArray(value) ? value.length : 1) * (1 + evaluated));

/** Names, and beside each the names or the subschema that it asks for. */
const dependencies = ({ value, evaluated }: KeywordPlace): Cost =>
  fixed(
    Object.values(isRecord(value) ? value : {}).reduce<number>((sum, each) => sum + 1 + evaluated + length(each), 0),
  );

const patterns = ({ parent }: KeywordPlace): number => length(parent.patternProperties);

/**
 * The cost of every keyword that does anything when a value is checked. One that isn't here can't be compiled: a
 * schema with it is refused on save. Those of ours charge for the rest of their work themselves.
 */
export const COSTS: Readonly<Record<string, (place: KeywordPlace) => Cost>> = {
  $ref: branches,
  $dynamicRef: ({ evaluated }) => fixed(5 + evaluated),
  $dynamicAnchor: () => ONE,
  $recursiveRef: branches,
  $recursiveAnchor: () => ONE,
  id: () => ONE,
  const: () => ONE,
  enum: () => ONE,
  uniqueItems: () => ONE,
  not: branches,
  anyOf: branches,
  oneOf: branches,
  allOf: branches,
  if: branches,
  then: branches,
  else: branches,
  maximum: () => ONE,
  minimum: () => ONE,
  exclusiveMaximum: () => ONE,
  exclusiveMinimum: () => ONE,
  multipleOf: () => ONE,
  maxLength: () => ofText,
  minLength: () => ofText,
  pattern: () => ONE,
  // A regular expression is compiled to see whether it is one.
  format: ({ value }) => ofCharacters(value === 'regex' ? 2 : 10),
  formatMaximum: () => ofText,
  formatMinimum: () => ofText,
  formatExclusiveMaximum: () => ofText,
  formatExclusiveMinimum: () => ofText,
  maxItems: () => ONE,
  minItems: () => ONE,
  prefixItems: ({ value, evaluated }) => fixed(length(value) + evaluated),
  items: () => ofItems,
  additionalItems: () => ofItems,
  // Each item that is none leaves an error behind until one is.
  contains: () => ofItemsRefused,
  maxContains: () => ONE,
  minContains: () => ONE,
  unevaluatedItems: () => ofItems,
  maxProperties: () => ofNames(),
  minProperties: () => ofNames(),
  required: ({ value }) => fixed(length(value)),
  propertyNames: () => ofNames(2),
  properties: ({ value, evaluated }) => fixed(length(value) * (1 + (evaluated > 0 ? 1 : 0))),
  patternProperties: ({ value, evaluated }) => ofNames(length(value) + (evaluated > 0 ? 1 : 0)),
  additionalProperties: (place) => ofNames(1 + patterns(place)),
  unevaluatedProperties: ({ evaluated }) => ofNames(1 + evaluated),
  dependencies,
  dependentRequired: dependencies,
  dependentSchemas: dependencies,
};
