import { useEffect, useRef, useState, type RefObject } from 'react';

/** Until it is measured. */
const DEFAULT = 800;

/** How wide an element is, in pixels, also after that changes. */
export function useWidth(): [RefObject<HTMLDivElement>, number] {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(DEFAULT);
  useEffect(() => {
    const { current } = box;
    if (!current || typeof ResizeObserver === 'undefined') {
      return undefined;
    }
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.floor(entry.contentRect.width)));
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  return [box, width];
}
