/**
 * The node types that change nothing outside their run, and may be done again where a run is cut off: what they came to is
 * written together with what comes behind them. A type that isn't listed has effects.
 */
export const EFFECT_FREE_NODES: ReadonlySet<string> = new Set([
  'aggregate',
  'calculation',
  'condition',
  'dateCalculation',
  'dynamic-calculation',
  'end',
  'json-query',
  'json-variable-mapping',
  'loop',
  'multi-conditions',
  'output',
  'parallel',
  'query',
  'variable',
]);
