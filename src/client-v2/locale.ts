import { useFlowEngine } from '@nocobase/flow-engine';
import { useCallback } from 'react';
import { PLUGIN_NAME } from '../common/plugin';

/** Translates an English text, which is also its key; `values` fill its `{{…}}`. */
export type Translate = (key: string, values?: Record<string, string | number>) => string;

/** The translator of this plugin's texts, with NocoBase's own (`Cancel`, `Delete`, …) behind them. */
export function useT(): Translate {
  const { context } = useFlowEngine();
  return useCallback(
    // Values end up in React text nodes and shell lines: HTML escaping would show as `&quot;`.
    (key, values) =>
      context.t(key, {
        ns: [PLUGIN_NAME, 'client'],
        nsMode: 'fallback',
        interpolation: { escapeValue: false },
        ...values,
      }),
    [context],
  );
}

/** A text that NocoBase translates itself when it shows it: titles and descriptions of triggers. */
export function tExpr(key: string): string {
  return `{{t(${JSON.stringify(key)}, { ns: ${JSON.stringify(PLUGIN_NAME)} })}}`;
}

/** Marks a literal in a table as a text to translate where it is shown, so that tools find it. */
export function text<Key extends string>(key: Key): Key {
  return key;
}
