import type { QueuedDelivery } from '../model/run';

/** What all queues together may keep in memory; the rest is read when its turn comes. */
export class PrefetchBudget {
  private count = 0;
  private characters = 0;

  constructor(
    private readonly maxCount = 5_000,
    private readonly maxCharacters = 32 << 20,
  ) {}

  hasRoomFor({ text }: QueuedDelivery): boolean {
    return this.count < this.maxCount && this.characters + text.length <= this.maxCharacters;
  }

  add({ text }: QueuedDelivery): void {
    this.count++;
    this.characters += text.length;
  }

  remove({ text }: QueuedDelivery): void {
    this.count--;
    this.characters -= text.length;
  }
}
