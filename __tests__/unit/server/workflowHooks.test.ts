import type { Database } from '@nocobase/database';
import type { WebhookConfigInput } from '../../../src/common/config';
import { compileEndpoint } from '../../../src/server/endpoints/Endpoint';
import { guardSaves } from '../../../src/server/workflowHooks';

type Hook = (workflow: object) => Promise<void>;

/** A save of an enabled webhook in which these fields change. */
async function save(config: WebhookConfigInput, ...changed: string[]): Promise<void> {
  const hooks = new Map<string, Hook>();
  guardSaves({ on: (name: string, hook: Hook) => hooks.set(name, hook) } as unknown as Database, {} as never);
  const workflow = {
    type: 'webhook',
    enabled: true,
    key: 'k',
    config,
    changed: (name: string) => changed.includes(name),
  };
  await hooks.get('workflows.beforeSave')?.(workflow);
}

// Saved before a name that no template can hold had to have an alias.
const BEFORE: WebhookConfigInput = { variables: { data: [{ path: 'prénom' }] } };

it('a version from before is switched on and served as it is, and asks for an alias once it is changed', async () => {
  await expect(save(BEFORE, 'enabled')).resolves.toBeUndefined();
  expect(compileEndpoint({ id: 1, key: 'k', config: BEFORE } as never, {} as never).variables).toMatchObject([
    { alias: 'prenom', names: ['prénom'] },
  ]);
  await expect(save(BEFORE, 'config')).rejects.toThrow(/variables.data.0.alias: No template can name prénom/);
});

it('what can not work at all is not switched on', async () => {
  const config = {
    variables: {
      data: [
        { path: 'a', alias: 'x' },
        { path: 'b', alias: 'x' },
      ],
    },
  };
  await expect(save(config, 'enabled')).rejects.toThrow(/The alias x/);
});
