// Framework-free: what a condition group must look like, in the form of NocoBase's own condition node.

import { all, anything, fields, flag, isRecord, issue, list, oneOf, text, type Rule } from './rules';

const MAX_DEPTH = 10;

const single = fields({
  calculator: text({ max: 100 }),
  operands: list(anything, { max: 2 }),
  not: flag,
});

/** A group at this depth, and all that is in it. */
function groupAt(depth: number): Rule {
  const condition: Rule = (value, at) =>
    isRecord(value) && value.group !== undefined ? groupAt(depth + 1)(value, at) : single(value, at);
  const group = fields(
    {
      group: fields({ type: oneOf(['and', 'or']), calculations: list(condition, { max: 100 }) }, ['type']),
      not: flag,
    },
    ['group'],
  );
  return (value, at) =>
    depth > MAX_DEPTH
      ? issue(at, 'Conditions may be grouped {{max}} levels deep at most.', { max: MAX_DEPTH })
      : group(value, at);
}

/** Characters of all conditions as JSON: each call goes through them. */
const MAX_LENGTH = 100_000;

/** `filter`: a condition group. */
export const filterRule: Rule = all(groupAt(1), (value, at) =>
  JSON.stringify(value).length > MAX_LENGTH
    ? issue(at, 'This may have at most {{max}} characters.', { max: MAX_LENGTH })
    : [],
);
