import type { Answer } from '../pipeline/types';

/** What came of an answer that a node gave. */
export type Given = 'sent' | 'answeredBefore' | 'tooLate';

/** Key among a run's options under which its nodes find the slot. */
export const REPLY_SLOT = 'webhookReply';

/** Where a run puts the answer to the call that started it. The first answer counts, while the caller waits. */
export class ReplySlot {
  /** Resolves as soon as a node answers; if none does, never. */
  readonly answered: Promise<Answer>;
  private send: (answer: Answer) => void = () => undefined;
  /** The first that came too late; null: none did. */
  late: Answer | null = null;
  /** Why a node's answer can't be sent; null: there was no such. */
  fault: string | null = null;
  private state: 'open' | 'answered' | 'closed' = 'open';

  constructor() {
    this.answered = new Promise((resolve) => {
      this.send = resolve;
    });
  }

  /** Whether a node has answered the caller. */
  get isAnswered(): boolean {
    return this.state === 'answered';
  }

  /** Whether one has, or would have. */
  get wasGiven(): boolean {
    return this.isAnswered || this.late !== null;
  }

  give(answer: Answer): Given {
    if (this.state !== 'open') {
      this.late ??= this.state === 'closed' ? answer : null;
      return this.state === 'answered' ? 'answeredBefore' : 'tooLate';
    }
    this.state = 'answered';
    this.send(answer);
    return 'sent';
  }

  /** The caller is answered otherwise, or gone: what comes from now on is too late. */
  close(): void {
    if (this.state === 'open') {
      this.state = 'closed';
    }
  }
}
