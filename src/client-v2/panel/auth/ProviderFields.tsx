import { Form, InputNumber, Select, Typography } from 'antd';
import type { ProviderAuth } from '../../../common/auth';
import { coverageOf } from '../../../common/coverage';
import { capturesSecrets } from '../../../common/capturedSecrets';
import { findProvider, PROVIDERS } from '../../../common/providers';
import { useT } from '../../locale';
import { ConfigItem } from '../parts/ConfigItem';
import { useConfig } from '../useConfig';
import { CoverageNote } from './CoverageNote';
import { CapturedSecrets } from './CapturedSecrets';
import { ProviderOptions } from './ProviderOptions';
import { ProviderSetup } from './ProviderSetup';
import { SecretList } from './SecretList';

const OPTIONS = PROVIDERS.map(({ id, title }) => ({ value: id, label: title }));

export function ProviderFields() {
  const t = useT();
  const form = Form.useFormInstance();
  const auth = useConfig().auth as ProviderAuth;
  const provider = findProvider(auth.provider);
  const coverage = provider && coverageOf(provider);
  const tolerance = coverage?.tolerance;
  return (
    <>
      <ConfigItem path="auth.provider" label={t('Service')} required>
        <Select
          showSearch
          optionFilterProp="label"
          options={OPTIONS}
          // Another service's secrets and options are of no use here.
          onChange={(id: string) =>
            form.setFieldValue(['config', 'auth'], { type: 'provider', provider: id, secrets: [] })
          }
        />
      </ConfigItem>
      {provider ? (
        <>
          <ProviderSetup provider={provider} />
          {coverage ? (
            <CoverageNote coverage={coverage} isToken={provider.scheme?.kind === 'token'} tolerance={auth.tolerance} />
          ) : null}
          {/* Keyed: what was typed for one service must not stay in the fields of the next. */}
          <ConfigItem key={provider.id} path="auth.secrets" label={t(provider.secretLabel)}>
            <SecretList label={t(provider.secretLabel)} />
          </ConfigItem>
          {capturesSecrets(auth) ? <CapturedSecrets /> : null}
          <ProviderOptions options={provider.options ?? []} />
        </>
      ) : (
        <Typography.Text type="danger">{t('There is no provider "{{id}}".', { id: auth.provider })}</Typography.Text>
      )}
      {tolerance ? (
        <ConfigItem
          path="auth.tolerance"
          optional
          label={t('Clock tolerance')}
          extra={t('How far the signed time may be from now, either way. Empty: the {{seconds}} s of this service.', {
            seconds: tolerance,
          })}
        >
          <InputNumber
            min={0}
            max={86_400}
            placeholder={String(tolerance)}
            addonAfter={t('seconds')}
            style={{ width: 180 }}
          />
        </ConfigItem>
      ) : null}
    </>
  );
}
