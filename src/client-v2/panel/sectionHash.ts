const PREFIX = '#webhook-';

/** What an address ends in that leads to a section of the panel. */
export function sectionHash(section: string): string {
  return PREFIX + section;
}

/** The section that an address leads to; null: to none. */
export function sectionIn(hash: string): string | null {
  return hash.startsWith(PREFIX) ? hash.slice(PREFIX.length) : null;
}
