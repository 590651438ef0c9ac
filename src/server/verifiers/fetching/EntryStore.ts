/** What was fetched from one address, or why not. Times are unix seconds. */
export interface Entry {
  fetchedAt: number;
  triedAt: number;
  body: Buffer | null;
  error: string;
  /** The fetch under way. */
  pending: Promise<void> | null;
}

/** Entries by address. A bounded number; the one used least recently goes first, of those that failed before others. */
export class EntryStore {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly max: number) {}

  find(url: string): Entry | undefined {
    const entry = this.entries.get(url);
    if (entry) {
      this.put(url, entry);
    }
    return entry;
  }

  /** The entry of an address, new and empty if there is none. */
  obtain(url: string): Entry {
    const found = this.find(url);
    if (found) {
      return found;
    }
    const entry: Entry = { fetchedAt: 0, triedAt: -Infinity, body: null, error: '', pending: null };
    this.put(url, entry);
    return entry;
  }

  put(url: string, entry: Entry): void {
    this.entries.delete(url);
    this.entries.set(url, entry);
    this.trim(url);
  }

  /** Takes an entry out. */
  take(url: string): Entry | undefined {
    const entry = this.entries.get(url);
    this.entries.delete(url);
    return entry;
  }

  /** How many fetches are under way at once is bounded, so these may stay for as long as they take. */
  private trim(newest: string): void {
    for (const goesNow of [(entry: Entry) => entry.body === null, () => true]) {
      for (const [url, entry] of this.entries) {
        if (this.entries.size <= this.max) {
          return;
        }
        if (url !== newest && goesNow(entry) && !entry.pending) {
          this.entries.delete(url);
        }
      }
    }
  }
}
