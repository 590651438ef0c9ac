import { _, type KeywordCxt } from 'ajv';
import { createAjv } from '../../../../src/server/schema/ajv';
import { chargeKeywords, countEvaluated } from '../../../../src/server/schema/charging';
import { compileSchema } from '../../../../src/server/schema/compileSchema';
import { COSTS } from '../../../../src/server/schema/costs';
import { WorkBudget } from '../../../../src/server/schema/WorkBudget';

/** Keywords that the keyword around them pays for. */
const FREE = ['$comment', 'nullable', 'type'];

describe.each(['draft-07', '2020-12'] as const)('the vocabulary of %s', (dialect) => {
  it('has no keyword that costs nothing', () => {
    const rules = createAjv(dialect).RULES.all;
    const known = Object.keys(rules).filter((keyword) => typeof rules[keyword] === 'object');
    expect(known.length).toBeGreaterThan(30);
    expect(known.filter((keyword) => !Object.hasOwn(COSTS, keyword)).sort()).toEqual(FREE);
  });

  it('can get none that is forgotten', () => {
    const ajv = createAjv(dialect, { meta: false, validateSchema: false });
    ajv.addKeyword({ keyword: 'forgotten', code: (cxt: KeywordCxt) => cxt.pass(_`true`) });
    chargeKeywords(ajv, new WorkBudget(10), 0);
    expect(() => ajv.compile({ forgotten: 1 })).toThrow('"forgotten" is not supported');
  });

  it('charges before a keyword does anything', () => {
    const ajv = createAjv(dialect, { meta: false, validateSchema: false });
    let looked = 0;
    ajv.removeKeyword('minimum').addKeyword({
      keyword: 'minimum',
      code: (cxt: KeywordCxt) => cxt.pass(_`${cxt.gen.scopeValue('func', { ref: () => ++looked })}()`),
    });
    const budget = new WorkBudget(10);
    chargeKeywords(ajv, budget, 0);
    const validate = ajv.compile({ minimum: 1 });
    const check = () => {
      budget.reset();
      for (let times = 0; times < 20; times += 1) {
        validate(5);
      }
    };
    expect(check).toThrow('too long');
    expect(looked).toBe(10);
  });
});

it('counts names only where something asks what was evaluated', () => {
  const properties = { a: {}, b: {} };
  expect(countEvaluated({ properties })).toBe(0);
  expect(countEvaluated({ allOf: [{ properties }, { unevaluatedProperties: false }] })).toBeGreaterThanOrEqual(2);
});

test('the names of a large object are not counted anew for each list that it is looked up in', () => {
  let counted = 0;
  const names = Object.fromEntries(Array.from({ length: 1_000 }, (_x, index) => [`k${index}`, 0]));
  const table = new Proxy(names, {
    ownKeys(target) {
      counted += 1;
      return Reflect.ownKeys(target);
    },
  });
  const validate = compileSchema(
    { anyOf: Array.from({ length: 500 }, (_x, index) => ({ enum: [{ a: index }, { a: -index }] })) },
    '/data',
  );
  expect(validate(table)).not.toEqual([]);
  expect(counted).toBeLessThan(5);
});
