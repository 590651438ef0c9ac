import type { Page } from 'playwright-core';

const TITLE = 'Workflow: Webhook';

/** Uploads and enables the plugin as an administrator does, in the legacy client; the modern one can't upload. */
export async function uploadPlugin(page: Page, url: string, tgz: string): Promise<void> {
  await page.goto(`${url}/admin/settings/plugin-manager`);
  await page.getByRole('button', { name: 'Add & Update' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Upload plugin').click();
  await dialog.locator('input[type=file]').setInputFiles(tgz);
  await dialog.getByText(/\.tgz$/).waitFor();
  await dialog.getByRole('button', { name: 'Submit' }).click();

  const card = page.locator('.ant-card').filter({ hasText: TITLE });
  await card.waitFor();
  await card.getByRole('switch').click();
  await page.locator('.ant-card').filter({ hasText: TITLE }).locator('[role=switch][aria-checked=true]').waitFor();
}
