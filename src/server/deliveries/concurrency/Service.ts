/** A part that works by itself from its start to its stop; once stopped, it leaves nothing behind and stays so. */
export interface Service {
  start(): Promise<void> | void;
  stop(): Promise<void> | void;
  /** In place of `stop`, where what this instance had is another's: at once, and nothing is finished or given back. */
  abandon?(): void;
}
