import { useCallback, useEffect, useState } from 'react';
import { PANEL_SECTIONS } from './sections';
import { sectionIn } from './sectionHash';

/** The id of a section's element. */
export function domIdOf(section: string): string {
  return `webhook-section-${section}`;
}

/** Which sections of the panel are open: at first those that mostly matter, and the one that the address leads to. */
export function useOpenSections() {
  const [led] = useState(() => PANEL_SECTIONS.find(({ key }) => key === sectionIn(window.location.hash))?.key);
  const [open, setOpen] = useState(() =>
    PANEL_SECTIONS.filter((section) => section.open || section.key === led).map(({ key }) => key),
  );
  const [shown, setShown] = useState({ section: led, turn: 0 });

  useEffect(() => {
    if (shown.section !== undefined) {
      document.getElementById(domIdOf(shown.section))?.scrollIntoView({ block: 'start' });
    }
  }, [shown]);

  const openSection = useCallback((section: string) => {
    setOpen((keys) => [...new Set([...keys, section])]);
    setShown(({ turn }) => ({ section, turn: turn + 1 }));
  }, []);
  return { open, setOpen, openSection };
}
