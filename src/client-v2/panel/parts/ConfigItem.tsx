import { Form, type FormItemProps } from 'antd';
import { defaultConfig } from '../../../common/config';
import { validateConfig } from '../../../common/validateConfig';
import { useT } from '../../locale';
import { concerns, toStored } from '../useConfig';

export interface ConfigItemProps extends Omit<FormItemProps, 'name' | 'initialValue'> {
  /** Place in the configuration, with dots: `body.maxSize`. */
  path: string;
  /** An emptied field is left out of the configuration rather than saved as empty text. */
  optional?: boolean;
}

/** A form field for one setting: starts from the shared default and shows what the shared check says. */
export function ConfigItem({ path, optional, rules = [], ...item }: ConfigItemProps) {
  const t = useT();
  return (
    <Form.Item
      {...item}
      name={['config', ...path.split('.')]}
      initialValue={defaultAt(path)}
      {...(optional ? { normalize: emptyToUndefined } : {})}
      rules={[
        ...rules,
        ({ getFieldValue }) => ({
          async validator() {
            const found = validateConfig(toStored(getFieldValue('config'))).find((issue) => concerns(issue, path));
            if (found) {
              throw new Error(t(found.message, found.values));
            }
          },
        }),
      ]}
    />
  );
}

function defaultAt(path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key], defaultConfig());
}

function emptyToUndefined(value: unknown): unknown {
  return value === '' || value === null ? undefined : value;
}
