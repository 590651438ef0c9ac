import { readdirSync, readFileSync } from 'node:fs';
import { renderGuides } from '../../../scripts/guides/render';
import { PROVIDERS } from '../../../src/common/providers';
import { run } from '../cli/support';

const DIR = 'docs/providers';
const guides = renderGuides();

it('has a guide for every provider, and no other', () => {
  expect(readdirSync(DIR).sort()).toEqual(['README.md', ...PROVIDERS.map(({ id }) => `${id}.md`)].sort());
});

it.each([...guides])('%s is what `npm run guides` makes', (file, text) => {
  expect(readFileSync(`${DIR}/${file}`, 'utf8')).toBe(text);
});

it.each(PROVIDERS.map((provider) => [provider.id, provider] as const))(
  'says of %s where to click, how it signs, and a command that works',
  async (id, { setup, docs }) => {
    const guide = guides.get(`${id}.md`) ?? '';
    for (const text of [...setup, docs]) {
      expect(guide).toContain(text);
    }
    expect(guide).toMatch(/\| Where the (signature|secret) is \| .+ \|/);
    expect(guide).not.toMatch(/undefined|\[object/);
    const [, command = ''] = /^npx nocobase-webhook (.*)$/m.exec(guide) ?? [];
    const ran = await run(command.split(' '), {
      files: { 'saved.http': 'POST /hook HTTP/1.1\r\nHost: a.example\r\n\r\n{}' },
      env: { WEBHOOK_SECRET: 'x' },
    });
    expect(ran).toMatchObject({ code: 1, err: '' });
  },
);
