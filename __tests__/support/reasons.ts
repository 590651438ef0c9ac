import { describeStored, inEnglish, type StoredReason } from '../../src/common/reasons/describe';
import type { Reason } from '../../src/common/reasons/reason';

/** Matches a reason whose English sentence matches, or holds, this. */
export function saying(expected: RegExp | string): Reason {
  const matcher = {
    $$typeof: Symbol.for('jest.asymmetricMatcher'),
    asymmetricMatch: (reason: Reason) => {
      const sentence = inEnglish(reason);
      return typeof expected === 'string' ? sentence.includes(expected) : expected.test(sentence);
    },
    toString: () => 'Saying',
    toAsymmetricMatcher: () => `Saying<${String(expected)}>`,
    getExpectedType: () => 'object',
  };
  return matcher as unknown as Reason;
}

/** Deliveries as a list gives them, with their reasons in English. */
export function told<T>(rows: T[]): (T & { reason: string | null })[] {
  const english = (text: string, values: Record<string, string>) =>
    text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => values[name] ?? whole);
  return rows.map((row) => ({ ...row, reason: describeStored(row as StoredReason, english) || null }));
}
