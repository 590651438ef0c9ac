import type { MetaTreeNode } from '@nocobase/flow-engine';
import { Input } from 'antd';
import { WorkflowVariableTextArea } from '@nocobase/plugin-workflow/client-v2';
import { useState } from 'react';
import { bareVariableIn } from '../../../common/templateNames';
import type { Translate } from '../../locale';

/** Stands in for a value while what is typed isn't JSON, so that the form can't be submitted with it. */
class InvalidJson {
  constructor(readonly text: string) {}
}

/** Refuses {@link InvalidJson}: for the `Form.Item` around a {@link JsonInput}. */
export function jsonRule(t: Translate) {
  return {
    async validator(_rule: unknown, value: unknown): Promise<void> {
      if (value instanceof InvalidJson) {
        const variable = bareVariableIn(value.text);
        throw new Error(
          variable === undefined
            ? t('This is not valid JSON.')
            : t('Put the variable {{variable}} in quotes, braces and all: its value keeps its type.', { variable }),
        );
      }
    },
  };
}

export interface JsonInputProps {
  /** Given by the `Form.Item` around. */
  id?: string;
  value?: unknown;
  onChange?: (value: unknown) => void;
  /** Offers to insert these; left out: plain JSON. */
  variables?: MetaTreeNode[];
  /** Lines shown at least; 4 by default. */
  minRows?: number;
}

/** A JSON value as text. Keeps what is typed, spacing included, as long as it means the same. */
export function JsonInput({ id, value, onChange, variables, minRows = 4 }: JsonInputProps) {
  const [draft, setDraft] = useState(() => toText(value));
  // The form may put another value in, as when a drawer is reset: then that counts, not the draft.
  const text = isSame(parse(draft), value) ? draft : toText(value);
  const write = (next: string) => {
    setDraft(next);
    onChange?.(parse(next));
  };
  const shared = { id, value: text, spellCheck: false, autoSize: { minRows, maxRows: 16 } };
  return variables ? (
    <WorkflowVariableTextArea {...shared} metaTree={variables} onChange={write} />
  ) : (
    <Input.TextArea {...shared} style={{ fontFamily: 'monospace' }} onChange={(event) => write(event.target.value)} />
  );
}

function parse(text: string): unknown {
  if (text.trim() === '') {
    return null;
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return new InvalidJson(text);
  }
}

function toText(value: unknown): string {
  if (value === null || value === undefined) {
    return '';
  }
  return value instanceof InvalidJson ? value.text : JSON.stringify(value, null, 2);
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}
