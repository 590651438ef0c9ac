import type { ComponentType } from 'react';
import { text } from '../locale';
import { AuthSection } from './auth/AuthSection';
import { BodySection } from './BodySection';
import { DedupeFields } from './delivery/DedupeFields';
import { RecordFields } from './delivery/RecordFields';
import { RunsSection } from './delivery/RunsSection';
import { EventsSection } from './EventsSection';
import { FilterSection } from './filter/FilterSection';
import { AllowlistSection } from './network/AllowlistSection';
import { CorsSection } from './network/CorsSection';
import { LimitsSection } from './network/LimitsSection';
import { RateLimitSection } from './network/RateLimitSection';
import { ResponseSection } from './response/ResponseSection';
import { RouteSection } from './RouteSection';
import { SchemaSection } from './schema/SchemaSection';
import {
  answerSummary,
  connectSummary,
  dataSummary,
  protectionSummary,
  runsSummary,
  startSummary,
  type Summary,
  type SummaryInput,
} from './summaries';
import { UrlSection } from './url/UrlSection';
import { VariablesSection } from './variables/VariablesSection';

/** Some fields that belong together: a file with them, and a row here. */
export interface PanelSection {
  /** English, and the i18n key. */
  title: string;
  /** The settings it shows, as places in the configuration. */
  owns: readonly string[];
  Component: ComponentType;
}

/** What a maker is after, with the sections that are about it. */
export interface PanelGroup {
  key: string;
  /** English, and the i18n key. */
  title: string;
  /** What its settings come to, shown while it is closed. */
  summary: (input: SummaryInput) => Summary;
  sections: readonly PanelSection[];
  /** Open when the panel opens. */
  isOpen?: boolean;
}

/** The panel, from top to bottom. */
export const PANEL_GROUPS: readonly PanelGroup[] = [
  {
    key: 'connect',
    title: text('Connect'),
    summary: connectSummary,
    isOpen: true,
    sections: [
      { title: text('URL'), owns: [], Component: UrlSection },
      { title: text('Verification'), owns: ['auth'], Component: AuthSection },
      { title: text('Events'), owns: ['events', 'eventFrom'], Component: EventsSection },
      { title: text('Methods and path'), owns: ['methods', 'path'], Component: RouteSection },
    ],
  },
  {
    key: 'data',
    title: text('Data'),
    summary: dataSummary,
    isOpen: true,
    sections: [
      { title: text('Variables'), owns: ['variables'], Component: VariablesSection },
      {
        title: text('Validation'),
        owns: ['body.schema', 'query', 'headers.schema', 'params'],
        Component: SchemaSection,
      },
      {
        title: text('Body'),
        owns: ['body.keepRaw', 'body.readAs', 'body.charset', 'body.bigNumbers', 'body.emptyAsNull', 'body.jsonFields'],
        Component: BodySection,
      },
    ],
  },
  {
    key: 'start',
    title: text('When to start'),
    summary: startSummary,
    sections: [
      { title: text('Filter'), owns: ['filter', 'filterOnError'], Component: FilterSection },
      { title: text('Repeats'), owns: ['dedupe'], Component: DedupeFields },
    ],
  },
  {
    key: 'answer',
    title: text('Answer'),
    summary: answerSummary,
    sections: [
      { title: text('Response'), owns: ['response', 'syncTimeout', 'syncTimeoutStatus'], Component: ResponseSection },
    ],
  },
  {
    key: 'protection',
    title: text('Protection'),
    summary: protectionSummary,
    sections: [
      { title: text('Allowed addresses'), owns: ['ipAllowlist'], Component: AllowlistSection },
      { title: text('Rate limit'), owns: ['rateLimit'], Component: RateLimitSection },
      { title: text('Calls from web pages'), owns: ['cors'], Component: CorsSection },
      { title: text('Limits'), owns: ['body.maxSize', 'headers.credentials'], Component: LimitsSection },
    ],
  },
  {
    key: 'runs',
    title: text('Runs and log'),
    summary: runsSummary,
    sections: [
      { title: text('Runs'), owns: ['concurrency', 'orderBy', 'onInterruption', 'retry'], Component: RunsSection },
      { title: text('Log'), owns: ['record'], Component: RecordFields },
    ],
  },
];
