import { EventEmitter } from 'node:events';
import type { Application } from '@nocobase/server';
import { beforeStop } from '../../../src/server/beforeStop';

test('what an app does before it stops is done once, first, and leaves nothing behind however often the plugin is loaded', () => {
  const app = new EventEmitter() as unknown as Application;
  const done: string[] = [];
  app.on('beforeStop', () => void done.push('engine'));
  const load = (name: string) => beforeStop(app, () => Promise.resolve(void done.push(name)));
  load('first');
  load('second');
  load('third');
  expect(app.listenerCount('beforeStop')).toBe(2);
  app.emit('beforeStop');
  app.emit('beforeStop');
  expect(done).toEqual(['third', 'engine', 'engine']);
  expect(app.listenerCount('beforeStop')).toBe(1);
});
