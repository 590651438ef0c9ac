import { appendFileSync, existsSync, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { CHROMIUM } from '../../../scripts/test/programs';
import { ADMIN } from '../../../scripts/host';
import { PROJECT_ROOT } from '../../../scripts/host/layout';

/** Ignored by git: a picture of every part of the panel, for people to look at. */
export const SCREENSHOTS = join(PROJECT_ROOT, 'test-results', 'browser');

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the Chromium that is installed: `CHROMIUM`, or the first one on the path. */
export async function startBrowser(): Promise<Browser> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  return chromium.launch({ executablePath: chromiumPath(), args: QUIET });
}

/** A page signed in as the administrator; what goes wrong in it is written to `<name>.log` beside the pictures. */
export async function signedInPage(browser: Browser, url: string, name: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, locale: 'en-US' });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: url });
  const page = await context.newPage();
  page.setDefaultTimeout(90_000);
  keepLog(page, join(SCREENSHOTS, `${name}.log`));
  page.setDefaultNavigationTimeout(120_000);
  await page.goto(`${url}/signin`);
  await page.getByPlaceholder(/Username/).fill(ADMIN.email);
  await page.getByPlaceholder('Password').fill(ADMIN.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/\/admin/);
  return page;
}

/** What was copied last. */
export function clipboard(page: Page): Promise<string> {
  return page.evaluate(() => navigator.clipboard.readText());
}

function keepLog(page: Page, file: string): void {
  const write = (line: string) => appendFileSync(file, `${new Date().toISOString()} ${line}\n`);
  page.on('pageerror', (error) => write(`error ${error.stack ?? error.message}`));
  page.on('console', (message) => message.type() === 'error' && write(`console ${message.text()}`));
  page.on('requestfailed', (request) => write(`failed ${request.url()} ${request.failure()?.errorText ?? ''}`));
  page.on('response', (response) => response.status() >= 400 && write(`${response.status()} ${response.url()}`));
  page.on('framenavigated', (frame) => frame === page.mainFrame() && write(`at ${frame.url()}`));
}

function chromiumPath(): string {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const installed = CHROMIUM.flatMap((name) => folders.map((folder) => join(folder, name)));
  const found = process.env.CHROMIUM ?? installed.find((path) => existsSync(path));
  if (!found) {
    throw new Error('the browser tests need Chromium: install it, or set CHROMIUM to its path');
  }
  return found;
}
