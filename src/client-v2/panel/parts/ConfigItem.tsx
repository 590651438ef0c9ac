import { Form, type FormItemProps } from 'antd';
import { createContext, useContext } from 'react';
import { defaultConfig } from '../../../common/config';
import type { ConfigIssue } from '../../../common/rules';
import { validateConfig } from '../../../common/validateConfig';
import { useT } from '../../locale';
import { concerns, toStored } from '../useConfig';

/** What a form's configuration is: the trigger's, or a node's. */
export interface ConfigKind {
  defaults: () => unknown;
  validate: (stored: unknown) => ConfigIssue[];
}

export const ConfigKindContext = createContext<ConfigKind>({ defaults: defaultConfig, validate: validateConfig });

export interface ConfigItemProps extends Omit<FormItemProps, 'name' | 'initialValue'> {
  /** Place in the configuration, with dots: `body.maxSize`. */
  path: string;
  /** An emptied field is left out of the configuration rather than saved as empty text. */
  optional?: boolean;
  /** Switches a group on whose fields stand below and say themselves what is wrong with them. */
  isGroup?: boolean;
}

/** A form field for one setting: starts from the shared default and shows what the shared check says. */
export function ConfigItem({ path, optional, isGroup, rules = [], ...item }: ConfigItemProps) {
  const t = useT();
  const { defaults, validate } = useContext(ConfigKindContext);
  return (
    <Form.Item
      {...item}
      name={['config', ...path.split('.')]}
      initialValue={valueAt(path, defaults())}
      {...(optional ? { normalize: emptyToUndefined } : {})}
      rules={[
        ...rules,
        ({ getFieldValue }) => ({
          async validator() {
            const found = validate(toStored(getFieldValue('config'))).find((issue) =>
              isGroup ? issue.path === path : concerns(issue, path),
            );
            if (found) {
              throw new Error(t(found.message, found.values));
            }
          },
        }),
      ]}
    />
  );
}

function valueAt(path: string, config: unknown): unknown {
  return path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key], config);
}

function emptyToUndefined(value: unknown): unknown {
  return value === '' || value === null ? undefined : value;
}
