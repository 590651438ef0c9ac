import { Form } from 'antd';
import { createContext, useContext, useMemo } from 'react';
import { defaultConfig, resolveConfig, type WebhookConfig, type WebhookConfigInput } from '../../common/config';
import type { ConfigIssue } from '../../common/rules';
import { validateConfig } from '../../common/validateConfig';

/** The configuration as it stands in the form right now, saved or not. */
export interface CurrentConfig {
  /** Every default applied. */
  config: WebhookConfig;
  /** What is wrong with it: the server's own check. */
  issues: ConfigIssue[];
}

export const CurrentConfigContext = createContext<CurrentConfig>({ config: defaultConfig(), issues: [] });

/** Follows the form. Called once, by the panel: its parts then never see two different states at a time. */
export function useCurrentConfig(): CurrentConfig {
  const form = Form.useFormInstance();
  // What the form holds, rather than what its fields are: those of a group that was just taken away make one of nothing.
  // The watch knows nothing in its first render.
  const stored: unknown = Form.useWatch('config', { form, preserve: true }) ?? form.getFieldValue('config');
  return useMemo(() => {
    const current = toStored(stored);
    return { config: resolveConfig(current), issues: validateConfig(current) };
  }, [stored]);
}

/** For the panel's parts: the configuration in the form, every default applied. */
export function useConfig(): WebhookConfig {
  return useContext(CurrentConfigContext).config;
}

/** The form's configuration as it would be saved: JSON, so that what is `undefined` is not there. */
export function toStored(config: unknown): WebhookConfigInput {
  return JSON.parse(JSON.stringify(config ?? {})) as WebhookConfigInput;
}

/** Whether `issue` is about the setting at `path` or about something inside it. */
export function concerns(issue: ConfigIssue, path: string): boolean {
  return issue.path === path || issue.path.startsWith(`${path}.`);
}
