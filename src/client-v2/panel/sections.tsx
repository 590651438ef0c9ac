import type { ComponentType } from 'react';
import { text } from '../locale';
import { AuthSection, AuthSummary } from './auth/AuthSection';
import { BodySection, BodySummary } from './BodySection';
import { DeliverySection, DeliverySummary } from './delivery/DeliverySection';
import { EventsSection, EventsSummary } from './EventsSection';
import { FilterSection, FilterSummary } from './filter/FilterSection';
import { AllowlistSection, AllowlistSummary } from './network/AllowlistSection';
import { CorsSection, CorsSummary } from './network/CorsSection';
import { RateLimitSection, RateLimitSummary } from './network/RateLimitSection';
import { ResponseSection, ResponseSummary } from './response/ResponseSection';
import { RouteSection, RouteSummary } from './RouteSection';
import { SchemaSection, SchemaSummary } from './schema/SchemaSection';
import { UrlSection } from './url/UrlSection';
import { VariablesSection, VariablesSummary } from './variables/VariablesSection';

/** One collapsible part of the panel: a file with its fields, and a row here. */
export interface PanelSection {
  key: string;
  /** English, and the i18n key. */
  title: string;
  /** The settings it shows, as places in the configuration; a problem with one of them is marked on its heading. */
  owns: string[];
  Component: ComponentType;
  /** What it is set to, in a few words, shown while it is closed. */
  Summary?: ComponentType;
  /** Open when the panel opens. */
  open?: boolean;
}

/** The panel, from top to bottom. */
export const PANEL_SECTIONS: readonly PanelSection[] = [
  { key: 'url', title: text('URL'), owns: [], Component: UrlSection, open: true },
  {
    key: 'route',
    title: text('Methods and path'),
    owns: ['methods', 'path'],
    Component: RouteSection,
    Summary: RouteSummary,
    open: true,
  },
  {
    key: 'auth',
    title: text('Verification'),
    owns: ['auth', 'headers.credentials'],
    Component: AuthSection,
    Summary: AuthSummary,
    open: true,
  },
  {
    key: 'allowlist',
    title: text('Allowed addresses'),
    owns: ['ipAllowlist'],
    Component: AllowlistSection,
    Summary: AllowlistSummary,
  },
  {
    key: 'rateLimit',
    title: text('Rate limit'),
    owns: ['rateLimit'],
    Component: RateLimitSection,
    Summary: RateLimitSummary,
  },
  {
    key: 'cors',
    title: text('Calls from web pages'),
    owns: ['cors'],
    Component: CorsSection,
    Summary: CorsSummary,
  },
  {
    key: 'events',
    title: text('Events'),
    owns: ['events', 'eventFrom'],
    Component: EventsSection,
    Summary: EventsSummary,
  },
  {
    key: 'schema',
    title: text('Validation'),
    owns: ['body.schema', 'query', 'headers.schema', 'params'],
    Component: SchemaSection,
    Summary: SchemaSummary,
  },
  {
    key: 'filter',
    title: text('Filter'),
    owns: ['filter', 'filterOnError'],
    Component: FilterSection,
    Summary: FilterSummary,
  },
  {
    key: 'response',
    title: text('Response'),
    owns: ['response', 'syncTimeout', 'syncTimeoutStatus'],
    Component: ResponseSection,
    Summary: ResponseSummary,
  },
  {
    key: 'variables',
    title: text('Variables'),
    owns: ['variables'],
    Component: VariablesSection,
    Summary: VariablesSummary,
  },
  {
    key: 'body',
    title: text('Body'),
    owns: [
      'body.maxSize',
      'body.keepRaw',
      'body.readAs',
      'body.charset',
      'body.bigNumbers',
      'body.emptyAsNull',
      'body.jsonFields',
    ],
    Component: BodySection,
    Summary: BodySummary,
  },
  {
    key: 'delivery',
    title: text('Delivery'),
    owns: ['concurrency', 'orderBy', 'onInterruption', 'retry', 'dedupe', 'record'],
    Component: DeliverySection,
    Summary: DeliverySummary,
  },
];
