import { createContext } from 'react';
import type { PanelPlace } from '../../../common/reasons/topics';

/** Opens a section of the panel that all this stands in; null: it stands in no panel. */
export const OpenSection = createContext<((section: PanelPlace) => void) | null>(null);
