import { createContext, useContext, type ReactNode } from 'react';
import enUS from '../../../src/locale/en-US.json';

/** Stand-ins for the parts of NocoBase that the panel leans on. */

const translations = enUS as Record<string, string>;

/** NocoBase's translator: fills in `{{name}}`. Fails on a text that has no translation. */
export function t(key: string, values: Record<string, unknown> = {}): string {
  const text = translations[key];
  if (text === undefined) {
    throw new Error(`No translation: ${key}`);
  }
  return text.replace(/\{\{(\w+)\}\}/g, (_match, name: string) => String(values[name]));
}

const engine = {
  context: {
    t,
    app: {
      pm: { get: () => ({ instructions: { get: () => undefined } }) },
      getApiUrl: () => 'https://nb.example/api/',
      getName: () => null,
      // Never answers: the panel has to do without.
      apiClient: { request: () => new Promise(() => undefined) },
    },
    getPropertyMetaTree: () => [{ name: '$env', title: 'Variables', type: '', paths: ['$env'] }],
  },
};

/** `@nocobase/flow-engine` */
export const flowEngine = {
  useFlowEngine: () => engine,
  FlowContextSelector: ({ children, onChange }: { children: ReactNode; onChange: (value: string) => void }) => (
    <span onClick={() => onChange('{{$env.HOOK_SECRET}}')}>{children}</span>
  ),
};

const WorkflowContext = createContext<Record<string, unknown>>({});

interface TextProps {
  id?: string;
  value?: string;
  onChange?: (value: string) => void;
}

interface CalculationProps {
  onChange?: (value: unknown) => void;
  useVariableHook: () => { name: string }[];
}

/** `@nocobase/plugin-workflow/client-v2` */
export const workflowClient = {
  Trigger: class {
    validate() {
      return true;
    }
  },
  Instruction: class {},
  /** Offers to set a condition; what it offers as operands is in its text. */
  CalculationConfig: ({ onChange, useVariableHook }: CalculationProps) => (
    <button
      type="button"
      onClick={() => onChange?.({ group: { type: 'and', calculations: [{ calculator: 'equal', operands: [1, 1] }] } })}
    >
      {`condition on ${useVariableHook().map(({ name }) => name)}`}
    </button>
  ),
  CurrentWorkflowContext: WorkflowContext,
  useCurrentWorkflowContext: () => useContext(WorkflowContext),
  useWorkflowVariableOptions: () => [],
  WorkflowVariableInput: ({ value, onChange }: TextProps) => (
    <input value={value ?? ''} onChange={(event) => onChange?.(event.target.value)} />
  ),
  WorkflowVariableTextArea: ({ id, value, onChange }: TextProps) => (
    <textarea id={id} value={value ?? ''} onChange={(event) => onChange?.(event.target.value)} />
  ),
};
