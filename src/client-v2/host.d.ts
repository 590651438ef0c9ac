// What this plugin uses of the client packages that NocoBase doesn't publish to a registry. The host
// provides them at run time; these declarations follow NocoBase 2.2.15.

declare module '@nocobase/flow-engine' {
  import type { ComponentType, ReactNode } from 'react';

  /** A node of the tree that variable pickers show. */
  export interface MetaTreeNode {
    name: string;
    title: string;
    type: string;
    /** Segments of the variable's path, from its root. */
    paths: string[];
    disabled?: boolean;
    children?: MetaTreeNode[] | (() => Promise<MetaTreeNode[]>);
  }

  /** Contributes a sub model; only passed through here. */
  export type SubModelItem = Record<string, unknown>;

  export interface FlowEngineContext {
    /** Translates a key, or compiles a `{{t("key", { ns })}}` template. */
    t(key: string, options?: Record<string, unknown>): string;
    app: import('@nocobase/client-v2').Application;
    getPropertyMetaTree?(): MetaTreeNode[];
  }

  export function useFlowEngine(): { context: FlowEngineContext };

  export interface FlowContextSelectorProps {
    metaTree: MetaTreeNode[] | (() => MetaTreeNode[]);
    disabled?: boolean;
    onlyLeafSelectable?: boolean;
    formatPathToValue?: (item: MetaTreeNode) => string;
    onChange?: (value: string) => void;
    children?: ReactNode;
  }
  export const FlowContextSelector: ComponentType<FlowContextSelectorProps>;
}

declare module '@nocobase/client-v2' {
  /** The application, as far as this plugin needs it. */
  export interface Application {
    pm: { get(name: string): unknown };
    /** Full URL of an API path; knows the API's base path and a separate API origin. */
    getApiUrl(path?: string): string;
    /** Full path of a page of this client. */
    getHref(pathname: string): string;
    /** Name of the sub-app that this page belongs to; null in the main app. */
    getName(): string | null;
    /** axios with NocoBase's session; what fails is shown to the user unless `skipNotify`. */
    apiClient: {
      request<T>(config: { url: string; method?: string; data?: unknown; skipNotify?: boolean }): Promise<{ data: T }>;
    };
    i18n: { t(key: string, options?: Record<string, unknown>): string; language?: string };
    pluginSettingsManager: {
      addMenuItem(item: SettingsItem): void;
      addPageTabItem(
        item: SettingsItem & { menuKey: string; sort: number; componentLoader: () => Promise<unknown> },
      ): void;
    };
  }

  /** A page among the plugin settings, for who has the permission. */
  export interface SettingsItem {
    key: string;
    title: string;
    icon?: string;
    aclSnippet: string;
  }

  export class Plugin<Options = unknown> {
    constructor(options: Options, app: Application);
    protected app: Application;
    load(): Promise<void>;
  }

  export interface JsonTextAreaProps {
    value?: unknown;
    onChange?: (value: unknown) => void;
  }
}

declare module '@nocobase/client' {
  import type { ComponentType } from 'react';
  import type { Application, SettingsItem } from '@nocobase/client-v2';

  /** The application of the legacy client, as far as it differs. */
  export interface LegacyApplication extends Omit<Application, 'pluginSettingsManager'> {
    pluginSettingsManager: {
      /** The title may be a `{{t(…)}}` template. */
      add(name: string, page: Omit<SettingsItem, 'key'> & { Component?: ComponentType; sort?: number }): void;
    };
  }

  export class Plugin<Options = unknown> {
    constructor(options: Options, app: LegacyApplication);
    protected app: LegacyApplication;
    load(): Promise<void>;
  }
}

declare module 'react-router-dom' {
  import type { CSSProperties, ForwardRefExoticComponent, ReactNode } from 'react';

  /** A link within the client; the path is that of the page without the client's base. */
  export const Link: ForwardRefExoticComponent<{ to: string; style?: CSSProperties; children?: ReactNode }>;
}
