/*
 * Required into a NocoBase process (NODE_OPTIONS), so that its database fails as a test wants: `WEBHOOK_FAULTS` is a
 * file of JSON, a list of rules. A rule is about statements whose text `sql` matches, with `bind` in their parameters,
 * in a transaction with an earlier statement that `within` matches. It fails so many `times` of them, each by a chance of
 * `chance`, with an error that the driver would throw: `error`, its fields; before the statement, or `after` it was done
 * (then only its answer is lost). Which rules hit is told in a file beside it.
 *
 * `ids` of a rule are what NocoBase's generator of ids gives next.
 */
const { appendFileSync, readFileSync, statSync } = require('node:fs');
const { Sequelize, ConnectionError, DatabaseError, UniqueConstraintError, TimeoutError } = require('sequelize');
const { Snowflake } = require('@nocobase/snowflake-id');

const file = process.env.WEBHOOK_FAULTS;

let rules = [];
let read = 0;
/** What was done in each transaction. */
const done = new WeakMap();

function currentRules() {
  const changed = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (changed !== read) {
    read = changed;
    rules = JSON.parse(readFileSync(file, 'utf8')).map((rule) => ({
      ...rule,
      sql: rule.sql && new RegExp(rule.sql),
      bind: rule.bind && new RegExp(rule.bind),
      within: rule.within && new RegExp(rule.within),
      left: rule.times ?? Infinity,
    }));
  }
  return rules;
}

function hitBy(sql, options) {
  const before = (options.transaction && done.get(options.transaction)) ?? '';
  return currentRules().find(
    (rule) =>
      rule.sql?.test(sql) &&
      rule.left > 0 &&
      (!rule.bind || rule.bind.test(JSON.stringify(options.bind ?? []))) &&
      (!rule.within || rule.within.test(before)) &&
      Math.random() < (rule.chance ?? 1),
  );
}

function errorOf({ error }, sql) {
  const original = Object.assign(new Error(error.message ?? error.code), { sql, ...error });
  if (error.code === 'SQLITE_BUSY') {
    return new TimeoutError(original);
  }
  if (error.isUnique) {
    return new UniqueConstraintError({ parent: original });
  }
  return error.isConnection ? new ConnectionError(original) : new DatabaseError(original);
}

const { query } = Sequelize.prototype;

// NocoBase's installation passes null for no options.
Sequelize.prototype.query = async function (sql, given) {
  const options = given ?? {};
  const text = typeof sql === 'string' ? sql : (sql.query ?? '');
  const rule = hitBy(text, options);
  if (options.transaction) {
    done.set(options.transaction, `${done.get(options.transaction) ?? ''}\n${text}`);
  }
  if (rule) {
    rule.left--;
    appendFileSync(`${file}.hits`, `${rule.name}\n`);
    if (rule.after) {
      await query.call(this, sql, options);
    }
    throw errorOf(rule, text);
  }
  return query.call(this, sql, options);
};

const { generate } = Snowflake.prototype;

Snowflake.prototype.generate = function () {
  const next = currentRules()
    .find(({ ids }) => ids?.length > 0)
    ?.ids.shift();
  return next ?? generate.call(this);
};
