import { PrefetchBudget } from './PrefetchBudget';
import { WebhookQueue } from './WebhookQueue';

/** The queues that this instance knows of, by workflow key. */
export class QueueSet {
  private readonly queues = new Map<string, WebhookQueue>();
  private readonly budget = new PrefetchBudget();

  /** The queue of a webhook; made where there is none. */
  of(key: string): WebhookQueue {
    let queue = this.queues.get(key);
    if (!queue) {
      queue = new WebhookQueue(key, this.budget);
      this.queues.set(key, queue);
    }
    return queue;
  }

  all(): WebhookQueue[] {
    return [...this.queues.values()];
  }

  /** Forgets a queue that this instance has given back, unless something came in meanwhile. */
  drop(queue: WebhookQueue): void {
    if (!queue.isOwned && queue.isEmpty) {
      this.queues.delete(queue.key);
    }
  }
}
