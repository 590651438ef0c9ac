import { Input } from 'antd';
import type { ProviderOption } from '../../../common/providers/provider';
import { useT } from '../../locale';
import { ConfigItem } from '../parts/ConfigItem';
import { SecretField } from './SecretField';

/** What a provider needs beside its secrets. */
export function ProviderOptions({ options }: { options: readonly ProviderOption[] }) {
  const t = useT();
  return (
    <>
      {options.map(({ name, label, help, required, secret }) => (
        <ConfigItem
          key={name}
          path={`auth.options.${name}`}
          label={t(label)}
          extra={help ? t(help) : undefined}
          required={required}
          optional={!secret}
          rules={required && !secret ? [{ required: true, message: t('This is required.') }] : []}
        >
          {secret ? <SecretField label={t(label)} /> : <Input spellCheck={false} />}
        </ConfigItem>
      ))}
    </>
  );
}
