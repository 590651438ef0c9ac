import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

// `src/server/deliveries/engine.ts` does what the workflow engine's dispatcher does around a run, and lays
// its own hand to how a run begins. If one of these fails after an update of NocoBase: read what changed
// there, carry it over into engine.ts, and only then put the new hash in here.

const ENGINE = 'node_modules/@nocobase/plugin-workflow/dist';

/** A method's text without its line breaks and spaces. */
function method(file: string, name: string): string {
  const text = readFileSync(join(ENGINE, 'server', file), 'utf8');
  const start = text.search(new RegExp(`^  (async )?${name}\\(`, 'm'));
  expect({ name, found: start >= 0 }).toEqual({ name, found: true });
  const end = text.indexOf('\n  }\n', start);
  return text.slice(start, end).replace(/\s+/g, '');
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16);

test.each([
  ['Dispatcher.js', 'process', 'ff02fcca4ad2d2cc'],
  ['Dispatcher.js', 'createExecution', 'e8768a273c16748c'],
  ['Dispatcher.js', 'enter', '54afab1f6b78ec77'],
  ['Dispatcher.js', 'findQueueingExecutions', 'f454995dd2762dbf'],
  ['Processor.js', 'prepare', '08ad6634d71afca9'],
  ['Processor.js', 'makeNodes', 'f4437fc43e50891b'],
  ['Processor.js', 'start', '82c80886a1dfc88f'],
  ['Processor.js', 'exit', '550ea2cc97de7f17'],
  ['Processor.js', 'end', '0b7cf2cecbb25647'],
  ['Processor.js', 'recall', 'd7d6d74c50fd440b'],
  ['ExecutionTimeoutManager.js', 'getExpiresAt', 'da63ede7bda2ae6f'],
  ['ExecutionTimeoutManager.js', 'scheduleExecutionTimeout', 'f5c7c9cb30a855b6'],
])('%s: %s is what it was when engine.ts was written', (file, name, expected) => {
  expect(hash(method(file, name))).toBe(expected);
});

test('executions have the columns that are written, and no others that must be', () => {
  const text = readFileSync(join(ENGINE, 'common/collections/executions.js'), 'utf8');
  expect(hash(text.slice(text.indexOf('fields:')).replace(/\s+/g, ''))).toBe('db4bc0afb93e9ffb');
});
