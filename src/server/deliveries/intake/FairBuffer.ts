import { groupBy } from '../store/grouping';

/** Something that waits, with whom its share of the room is counted against. */
export interface Waiting<T> {
  item: T;
  /** One share each; within it, one for each `source`. */
  group: string;
  source: string;
  /** In memory, roughly. */
  bytes: number;
}

export interface BufferBounds {
  items: number;
  bytes: number;
}

/**
 * Holds what waits, bounded in number and bytes, in fair shares: where there is no room left, whoever takes the most of
 * it loses the newest that it has, and what is taken out is taken from all in turn. So a flood in one group, or from one
 * source within it, crowds nobody out but itself.
 */
export class FairBuffer<T> {
  private waiting: Waiting<T>[] = [];
  private readonly groups: Shares;
  private readonly sources = new Map<string, Shares>();

  constructor(private readonly bounds: BufferBounds) {
    this.groups = new Shares(bounds);
  }

  get size(): number {
    return this.waiting.length;
  }

  /** Adds one; returns those that had to go for it, itself perhaps. */
  add(entry: Waiting<T>): Waiting<T>[] {
    this.waiting.push(entry);
    this.count(entry, 1);
    const dropped: Waiting<T>[] = [];
    while (this.groups.isOver()) {
      const group = this.groups.largest();
      const source = this.sources.get(group)?.largest();
      const at = this.waiting.findLastIndex((waiting) => waiting.group === group && waiting.source === source);
      const removed = this.waiting.splice(at, 1);
      removed.forEach((waiting) => this.count(waiting, -1));
      dropped.push(...removed);
    }
    return dropped;
  }

  /** Takes the next ones out: from each group in turn, within it from each source in turn; at least one, if any waits. */
  take({ items, bytes }: BufferBounds): Waiting<T>[] {
    const fair = groupBy(this.waiting, ({ group }) => group).map((ofGroup) =>
      interleave(groupBy(ofGroup, ({ source }) => source)),
    );
    const taken: Waiting<T>[] = [];
    let weight = 0;
    for (const entry of interleave(fair)) {
      weight += entry.bytes;
      if (taken.length > 0 && (taken.length >= items || weight > bytes)) {
        break;
      }
      taken.push(entry);
    }
    const gone = new Set(taken);
    this.waiting = this.waiting.filter((entry) => !gone.has(entry));
    taken.forEach((entry) => this.count(entry, -1));
    return taken;
  }

  private count({ group, source, bytes }: Waiting<T>, sign: 1 | -1): void {
    this.groups.count(group, sign, bytes);
    const sources = this.sources.get(group) ?? new Shares(this.bounds);
    sources.count(source, sign, bytes);
    if (sources.isEmpty) {
      this.sources.delete(group);
    } else {
      this.sources.set(group, sources);
    }
  }
}

/** Who takes how much of the room. */
class Shares {
  private readonly taken = new Map<string, BufferBounds>();
  private items = 0;
  private bytes = 0;

  constructor(private readonly bounds: BufferBounds) {}

  get isEmpty(): boolean {
    return this.items === 0;
  }

  isOver(): boolean {
    return this.items > this.bounds.items || this.bytes > this.bounds.bytes;
  }

  count(name: string, sign: 1 | -1, bytes: number): void {
    const before = this.taken.get(name) ?? { items: 0, bytes: 0 };
    const after = { items: before.items + sign, bytes: before.bytes + sign * bytes };
    this.items += sign;
    this.bytes += sign * bytes;
    if (after.items === 0) {
      this.taken.delete(name);
    } else {
      this.taken.set(name, after);
    }
  }

  /** Of the two kinds of room together; of several, the one that came last. */
  largest(): string {
    let most = { name: '', part: 0 };
    for (const [name, { items, bytes }] of this.taken) {
      const part = items / this.bounds.items + bytes / this.bounds.bytes;
      if (part >= most.part) {
        most = { name, part };
      }
    }
    return most.name;
  }
}

/** The first of each list, the second of each, and so on. */
function interleave<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_none, index) =>
    lists.flatMap((list) => list.slice(index, index + 1)),
  ).flat();
}
