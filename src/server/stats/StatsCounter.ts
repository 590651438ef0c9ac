import { MAX_EVENTS_PER_HOUR, OTHER_EVENTS } from '../../common/stats';
import { storableText } from '../storableText';
import { addTo, emptyTally, type StatsRow, type Tally } from './row';

const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;

/** Characters of an event; its column takes no more. */
const MAX_EVENT = 200;

type ByOutcome = Map<string, Tally>;
type ByEvent = Map<string, ByOutcome>;

/**
 * Counts in memory, until what was counted is taken out to be written. A call costs three look-ups; there are as many
 * counters as webhooks, times 51 events, times outcomes, at most.
 */
export class StatsCounter {
  private minute = 0;
  private current = new Map<string, ByEvent>();
  /** Of minutes that are over. */
  private done: StatsRow[] = [];
  private hour = 0;
  private eventsOfHour = new Map<string, Set<string>>();

  constructor(private readonly clock: () => number = Date.now) {}

  /**
   * @param key the workflow key
   * @param event its type, without credentials; null: it isn't known
   * @param outcome as the column has it
   * @param milliseconds it took
   * @param time when it happened, in milliseconds since 1970
   */
  count(key: string, event: string | null, outcome: string, milliseconds: number, time = this.clock()): void {
    const minute = Math.floor(time / MINUTE_MS);
    if (minute !== this.minute) {
      this.turnTo(minute);
    }
    const events = getOr(this.current, key, () => new Map<string, ByOutcome>());
    const outcomes = getOr(events, this.eventFor(key, event), () => new Map<string, Tally>());
    addTo(getOr(outcomes, outcome, emptyTally), outcome, milliseconds);
  }

  /** What was counted since the last time, a row for each minute, webhook, event and outcome; in no order. */
  take(): StatsRow[] {
    this.turnTo(this.minute);
    const { done } = this;
    this.done = [];
    return done;
  }

  private turnTo(minute: number): void {
    for (const [key, events] of this.current) {
      for (const [event, outcomes] of events) {
        for (const [outcome, tally] of outcomes) {
          this.done.push({ key, at: this.minute, event, outcome, ...tally });
        }
      }
    }
    this.current = new Map();
    this.minute = minute;
    const hour = Math.floor(minute / HOUR_MINUTES);
    if (hour !== this.hour) {
      this.hour = hour;
      this.eventsOfHour = new Map();
    }
  }

  /** Strangers choose events where nothing verifies them, so how many are told apart is bounded. */
  private eventFor(key: string, event: string | null): string {
    if (event === null || event === '') {
      return '';
    }
    const name = storableText(event, MAX_EVENT);
    const known = getOr(this.eventsOfHour, key, () => new Set<string>());
    if (!known.has(name)) {
      if (known.size >= MAX_EVENTS_PER_HOUR) {
        return OTHER_EVENTS;
      }
      known.add(name);
    }
    return name;
  }
}

function getOr<T>(map: Map<string, T>, key: string, make: () => T): T {
  let found = map.get(key);
  if (found === undefined) {
    found = make();
    map.set(key, found);
  }
  return found;
}
