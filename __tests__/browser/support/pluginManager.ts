import type { Locator, Page } from 'playwright-core';

const TITLE = 'Workflow: Webhook';

/** A click that has shown nothing after so long is repeated, so often at most. */
const SHOWN_MS = 2_000;
const MAX_CLICKS = 10;

/** Uploads and enables the plugin as an administrator does, in the legacy client; the modern one can't upload. */
export async function uploadPlugin(page: Page, url: string, tgz: string): Promise<void> {
  await page.goto(`${url}/admin/settings/plugin-manager`);
  await page.getByRole('button', { name: 'Add & Update' }).click();
  const dialog = page.getByRole('dialog');
  const file = dialog.locator('input[type=file]');
  // While the dialog is still being drawn, a click can hit what is replaced the next moment.
  for (let clicks = 0; clicks < MAX_CLICKS && !(await isThere(file)); clicks++) {
    await dialog.getByText('Upload plugin').click();
  }
  await file.setInputFiles(tgz);
  await dialog.getByText(/\.tgz$/).waitFor();
  await dialog.getByRole('button', { name: 'Submit' }).click();

  const card = page.locator('.ant-card').filter({ hasText: TITLE });
  await card.waitFor();
  await card.getByRole('switch').click();
  await page.locator('.ant-card').filter({ hasText: TITLE }).locator('[role=switch][aria-checked=true]').waitFor();
}

function isThere(locator: Locator): Promise<boolean> {
  return locator.waitFor({ state: 'attached', timeout: SHOWN_MS }).then(
    () => true,
    () => false,
  );
}
