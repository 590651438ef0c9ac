import { EXECUTION_STATUS, type Processor } from '@nocobase/plugin-workflow';
import type { ReplyConfig, ResponseConfig } from '../../common/config';
import type { Answer } from '../pipeline/types';
import { answerOf, type AnswerFiles } from './answer/answerOf';

/** What a run that has ended is answered with. */
export type EndAnswer =
  | { hasFailed: false; answer: Answer }
  /** `answer` null: none is set for that, or it can't be sent either. */
  | { hasFailed: true; reason: string; answer: Answer | null };

/** The configured answer to one run, made once: a run whose answer can't be sent has failed. */
export class RunAnswer {
  private made: Promise<EndAnswer> | undefined;

  constructor(
    private readonly response: ResponseConfig,
    private readonly files: AnswerFiles,
    /** What its provider wants to be told, in place of that. */
    private readonly prescribed: Answer | null = null,
  ) {}

  /** Never rejects. */
  to(run: Processor): Promise<EndAnswer> {
    return (this.made ??= this.make(run));
  }

  private async make(run: Processor): Promise<EndAnswer> {
    const { id, status } = run.execution;
    if (status !== EXECUTION_STATUS.RESOLVED) {
      return this.failed(run, `execution ${id} ended with status ${status}`);
    }
    try {
      return { hasFailed: false, answer: this.prescribed ?? (await this.fill(this.response, run)) };
    } catch (error) {
      return this.failed(run, error instanceof Error ? error.message : String(error));
    }
  }

  private async failed(run: Processor, reason: string): Promise<EndAnswer> {
    const { onFailure } = this.response;
    try {
      return { hasFailed: true, reason, answer: onFailure && (await this.fill(onFailure, run)) };
    } catch (error) {
      const other = error instanceof Error ? error.message : String(error);
      return { hasFailed: true, reason: `${reason}; and ${other}`, answer: null };
    }
  }

  private fill(reply: ReplyConfig, run: Processor): Answer | Promise<Answer> {
    return answerOf(reply, run.getScope(), this.files);
  }
}
