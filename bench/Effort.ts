/** How long and how much. */
export interface Effort {
  /** Seconds that a closed loop is measured. */
  seconds: number;
  /** Seconds before that, which do not count. */
  warmUp: number;
  /** Seconds at a fixed rate. */
  openSeconds: number;
  /** Deliveries that are drained. */
  drained: number;
  /** Deliveries during which memory is watched. */
  remembered: number;
  /** Webhooks in the rows with many. */
  webhooks: number;
  /** Deliveries that wait in the row with many of them. */
  waiting: number;
}
