import type { CSSProperties, ReactNode } from 'react';

const HIDDEN: CSSProperties = {
  position: 'absolute',
  width: 1,
  height: 1,
  margin: -1,
  overflow: 'hidden',
  clipPath: 'inset(50%)',
  whiteSpace: 'nowrap',
};

/** What screen readers read, and nobody sees. */
export function ForReaders({ children }: { children: ReactNode }) {
  return <div style={HIDDEN}>{children}</div>;
}
