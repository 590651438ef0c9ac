import { join } from 'node:path';
import type { Locator, Page, Request } from 'playwright-core';
import { SCREENSHOTS } from './browser';

/** NocoBase has two clients at a time, with the same pages and nearly the same markup. */
export const LANES = [
  { lane: 'legacy', base: '/admin', editor: '/admin/settings/workflow/workflows' },
  { lane: 'modern', base: '/v/admin', editor: '/v/admin/workflow/workflows' },
] as const;

export type Lane = (typeof LANES)[number];

/** NocoBase's workflow pages, operated as a maker does: by clicking and typing. */
export class WorkflowEditor {
  /** What the page asked for and has no answer to yet. */
  private readonly unanswered = new Set<Request>();

  constructor(
    readonly page: Page,
    private readonly url: string,
    private readonly lane: Lane,
  ) {
    page.on('request', (request) => this.unanswered.add(request));
    page.on('requestfinished', (request) => this.unanswered.delete(request));
    page.on('requestfailed', (request) => this.unanswered.delete(request));
    page.on('framenavigated', () => this.unanswered.clear());
  }

  /**
   * Resolves once the page waits for no answer, has drawn what it got, and nothing in it moves. Before that, what is below
   * the mouse may change between its going down and up, and a click is none.
   */
  async settled(): Promise<void> {
    do {
      await this.page.evaluate(async () => {
        await new Promise<void>((resolve) => requestIdleCallback(() => resolve(), { timeout: 1_000 }));
        const motions = document
          .getAnimations()
          .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
        await Promise.allSettled(motions.map(({ finished }) => finished));
      });
    } while (this.unanswered.size > 0);
  }

  /** The drawer that is open, on top of any other. */
  get drawer(): Locator {
    return this.page.locator('.ant-drawer-open').last();
  }

  async openList(): Promise<void> {
    await this.page.goto(`${this.url}${this.lane.base}/settings/workflow`);
    await this.page.getByRole('button', { name: 'Add new' }).waitFor();
  }

  /** Creates a webhook workflow, and opens it. */
  async create(title: string, { sync = false }: { sync?: boolean } = {}): Promise<void> {
    await this.openList();
    await this.page.getByRole('button', { name: 'Add new' }).click();
    await this.drawer.getByRole('textbox').first().fill(title);
    await this.field('Trigger type').locator('.ant-select').click();
    await this.page.keyboard.type('Webhook');
    await this.page
      .locator('.ant-select-item-option')
      .filter({ hasText: 'Starts when an external system' })
      .first()
      .click();
    if (sync) {
      await this.drawer.getByText('Synchronously', { exact: true }).click();
    }
    await this.submit();
    // The list that NocoBase's page had open doesn't always show it of itself.
    await this.open(title);
  }

  /** Opens a workflow that is there already. */
  async open(title: string): Promise<void> {
    await this.openList();
    await this.row(title).getByText('Configure').click();
    await this.triggerCard.waitFor();
  }

  /** Opens a workflow without looking for it in the list. */
  async openById(id: number): Promise<void> {
    await this.page.goto(`${this.url}${this.lane.editor}/${id}`);
    await this.triggerCard.waitFor();
  }

  async openManualRun(): Promise<Locator> {
    await this.page.getByRole('button', { name: 'Execute manually' }).click();
    const dialog = this.page.getByRole('dialog').last();
    await dialog.getByRole('button', { name: 'Confirm' }).waitFor();
    return dialog;
  }

  async openTrigger(): Promise<void> {
    // Beside the title, which is an input.
    await this.triggerCard.click({ position: { x: 190, y: 12 } });
    await this.drawer.locator('.ant-collapse-item').first().waitFor();
    await this.settled();
  }

  /** A section of the panel, with its group open. */
  async section(title: string): Promise<Locator> {
    const section = this.page.getByRole('group', { name: title, exact: true, includeHidden: true });
    const group = this.drawer.locator('.ant-collapse-item').filter({ has: section });
    await this.unfold(group);
    return group.getByRole('group', { name: title, exact: true }).first();
  }

  /** A group of sections, open. */
  async group(title: string): Promise<Locator> {
    const header = this.page
      .locator('.ant-collapse-header')
      .filter({ has: this.page.getByText(title, { exact: true }) });
    const group = this.drawer.locator('.ant-collapse-item').filter({ has: header });
    await this.unfold(group);
    return group.first();
  }

  private async unfold(group: Locator): Promise<void> {
    const header = group.locator('.ant-collapse-header').first();
    if ((await header.getAttribute('aria-expanded')) !== 'true') {
      await header.click();
      await group.locator('.ant-collapse-content-active').first().waitFor();
      await this.settled();
    }
  }

  async choose(select: Locator, option: string | RegExp): Promise<void> {
    await select.click();
    await this.settled();
    await this.page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)').getByText(option).first().click();
  }

  /** A field of the drawer by its label. */
  field(label: string, within: Locator = this.drawer): Locator {
    return within
      .locator('.ant-form-item, .ant-formily-item')
      .filter({ has: this.page.locator('label').filter({ hasText: label }) })
      .first();
  }

  /**
   * Saves what the drawer holds, and waits until the page shows it: NocoBase reads the workflow again after a save, and
   * makes its form anew with it. What is filled in before that is lost.
   */
  async submit(): Promise<void> {
    const drawer = this.drawer;
    await drawer.getByRole('button', { name: 'Submit' }).click();
    await drawer.waitFor({ state: 'hidden' });
    await this.settled();
  }

  /** Whether a drawer was left open. */
  async isBusy(): Promise<boolean> {
    return (await this.page.locator('.ant-drawer-open').count()) > 0;
  }

  async cancel(): Promise<void> {
    const drawer = this.drawer;
    await drawer.locator('.ant-drawer-close').click();
    await drawer.waitFor({ state: 'hidden' });
  }

  async addNode(type: string): Promise<void> {
    await this.page.locator('.anticon-plus').first().click();
    await this.page.getByText(type, { exact: true }).last().click();
    await this.nodeCard(type).waitFor();
  }

  async openNode(type: string): Promise<void> {
    await this.nodeCard(type).click({ position: { x: 190, y: 12 } });
    await this.drawer.waitFor();
  }

  /** Picks a variable, one column of the picker after the other. */
  async pickVariable(picker: Locator, ...titles: string[]): Promise<void> {
    await picker.click();
    for (const title of titles) {
      await this.page
        .locator('.ant-cascader-menu-item')
        .filter({ hasText: new RegExp(`^${title}$`) })
        .last()
        .click();
    }
  }

  async enable(): Promise<void> {
    await this.page.getByRole('switch').first().click();
    await this.page.locator('[role=switch][aria-checked=true]').first().waitFor();
  }

  /** The statuses that NocoBase's execution history shows for a workflow, newest first. */
  async history(title: string): Promise<string[]> {
    await this.openList();
    await this.row(title).getByLabel(`executed-${title}`).click();
    const rows = this.drawer.locator('.ant-table-row');
    await rows.first().waitFor();
    return rows.locator('.ant-tag').allInnerTexts();
  }

  /** A picture for people to look at: of one part, or of the whole page. */
  async picture(name: string, part?: Locator): Promise<void> {
    const path = join(SCREENSHOTS, `${this.lane.lane}-${name}.png`);
    await (part ?? this.page).screenshot({ path, animations: 'disabled' });
  }

  private get triggerCard(): Locator {
    return this.page.getByRole('button', { name: /^(Trigger|触发器)-/ });
  }

  private nodeCard(type: string): Locator {
    return this.page
      .locator('[role=button]')
      .filter({ has: this.page.locator('.workflow-node-meta').filter({ hasText: type }) })
      .last();
  }

  private row(title: string): Locator {
    return this.page.getByRole('row').filter({ hasText: title });
  }
}
