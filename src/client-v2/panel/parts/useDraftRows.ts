import { useState } from 'react';

/**
 * Rows of what is stored in a form that can't hold them as they are typed: an object by name has no place for a second
 * row of one name, or for one without. They stay on the screen, and are stored once they can be.
 * @param stored what the form holds now
 */
export function useDraftRows<Row, Stored>(
  stored: Stored,
  toRows: (stored: Stored) => Row[],
  toStored: (rows: Row[]) => Stored,
  onChange: ((stored: Stored) => void) | undefined,
): [rows: Row[], change: (rows: Row[]) => void] {
  const [draft, setDraft] = useState(() => toRows(stored));
  const isOwn = JSON.stringify(toStored(draft)) === JSON.stringify(stored);
  const change = (rows: Row[]): void => {
    setDraft(rows);
    onChange?.(toStored(rows));
  };
  return [isOwn ? draft : toRows(stored), change];
}
