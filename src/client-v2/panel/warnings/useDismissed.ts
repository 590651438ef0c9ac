import { useState } from 'react';
import { PLUGIN_NAME } from '../../../common/plugin';

export interface Dismissed {
  has: (code: string) => boolean;
  add: (code: string) => void;
}

/** Which warnings this browser's user has closed, of one version of a workflow. @param id that version's */
export function useDismissed(id: number | string | undefined): Dismissed {
  const key = `${PLUGIN_NAME}.dismissed.${id ?? 'new'}`;
  const [codes, setCodes] = useState(() => read(key));
  return {
    has: (code) => codes.includes(code),
    add: (code) => {
      const next = [...codes, code];
      setCodes(next);
      write(key, next);
    },
  };
}

function read(key: string): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(stored) ? stored.map(String) : [];
  } catch {
    // A browser that keeps nothing, or what somebody else has left there.
    return [];
  }
}

function write(key: string, codes: string[]): void {
  try {
    localStorage.setItem(key, JSON.stringify(codes));
  } catch {
    // Then it is told again the next time.
  }
}
