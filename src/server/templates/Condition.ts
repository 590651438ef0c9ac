import { logicCalculate } from '@nocobase/plugin-workflow';
import type { FilterCondition, FilterGroup } from '../../common/config';
import { isRecord } from '../../common/rules';
import { Allowance } from './Allowance';
import { holds } from '../linearSearch';

/** Units of an item of a list that becomes text: it may be a number with many digits. A character is one at each level. */
const ITEM = 100;

const SEARCHES: ReadonlySet<string | undefined> = new Set(['includes', 'notIncludes']);
const EQUALITIES: ReadonlySet<string | undefined> = new Set(['equal', 'notEqual', '==', '!=']);

/**
 * One evaluation of a condition whose variables are filled in, as NocoBase's condition node does it, but in bounded time:
 * its operators search texts in a time that multiplies their lengths, and write a list as text anew at each of its levels.
 */
export class Condition {
  private readonly allowance = new Allowance('a list that the filter compares as text is too large for it');

  /** Throws where a value doesn't suit its operator, or there is too much to compare. */
  isMet(condition: FilterCondition): boolean {
    if (!isGroup(condition)) {
      return this.calculate(condition);
    }
    const { type, calculations = [] } = condition.group;
    const isMet = (inner: FilterCondition): boolean => this.isMet(inner);
    return type === 'or' ? calculations.some(isMet) : calculations.every(isMet);
  }

  private calculate({ calculator, operands = [] }: FilterCalculation): boolean {
    const [text, part] = operands;
    for (const [index, operand] of operands.entries()) {
      if (Array.isArray(operand) && becomesText(calculator, operands, index)) {
        this.weigh(operand, 1);
      }
    }
    if (SEARCHES.has(calculator) && typeof text === 'string') {
      return holds(text, String(part)) === (calculator === 'includes');
    }
    const ordered = orderOf(text, part);
    const holdsFor = ORDERS[calculator ?? ''];
    if (holdsFor && ordered !== null) {
      return holdsFor(ordered);
    }
    return logicCalculate({ calculator, operands: operands as [unknown?, unknown?] });
  }

  /** Of a list in a list, the inner one's text is copied into the outer one's. */
  private weigh(list: readonly unknown[], level: number): void {
    for (const item of list) {
      this.allowance.spend(ITEM + (typeof item === 'string' ? level * item.length : 0));
      if (Array.isArray(item)) {
        this.weigh(item, level + 1);
      }
    }
  }
}

/** By how a first operand compares with a second. */
const ORDERS: Readonly<Record<string, ((order: number) => boolean) | undefined>> = {
  gt: (order) => order > 0,
  gte: (order) => order >= 0,
  lt: (order) => order < 0,
  lte: (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
};

const INTEGER = /^-?\d{1,400}$/;
/** Digits of the shortest whole number that can be beyond 2^53. */
const BIG = 16;

/**
 * How two whole numbers compare, of which one is beyond 2^53 and so arrives as its digits: as texts, 9… would come behind
 * 10…. Null: they are none.
 */
function orderOf(left: unknown, right: unknown): number | null {
  const texts = [left, right].map((value) => (typeof value === 'number' ? String(value) : value));
  const areIntegers = texts.every((text): text is string => typeof text === 'string' && INTEGER.test(text));
  if (!areIntegers || !texts.some((text) => text.length >= BIG)) {
    return null;
  }
  const [first = 0n, second = 0n] = texts.map(BigInt);
  return first < second ? -1 : first > second ? 1 : 0;
}

type FilterCalculation = Exclude<FilterCondition, FilterGroup>;

function isGroup(condition: FilterCondition): condition is FilterGroup {
  return 'group' in condition && isRecord(condition.group);
}

/** Whether an operator writes this operand, a list, as text: not to look for something in it, or to see if it is there. */
function becomesText(calculator: string | undefined, operands: readonly unknown[], index: number): boolean {
  const other = operands[1 - index];
  if (SEARCHES.has(calculator)) {
    return index === 1 && typeof other === 'string';
  }
  return !EQUALITIES.has(calculator) || (other !== null && other !== undefined && !Array.isArray(other));
}
