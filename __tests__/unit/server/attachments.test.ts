import type { Application } from '@nocobase/server';
import { attachmentStore } from '../../../src/server/files/attachments';

const upload = { field: 'f', filename: 'a.png', contentType: 'image/png', content: Buffer.from('x') };

it.each<[string, object | undefined]>([
  ['there is no file manager', undefined],
  ['the file manager is disabled', { enabled: false }],
])('hands the files themselves on where %s', async (_what, plugin) => {
  const app = { pm: { get: () => plugin } } as unknown as Application;
  expect(await attachmentStore(app).store([upload])).toEqual([
    { field: 'f', filename: 'a.png', contentType: 'image/png', size: 1, base64: 'eA==' },
  ]);
});

it('has nothing to do where there are no files', async () => {
  const app = { pm: { get: () => ({ enabled: true }) } } as unknown as Application;
  expect(await attachmentStore(app).store([])).toEqual([]);
});
