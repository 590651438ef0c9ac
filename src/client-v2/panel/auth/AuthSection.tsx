import { Alert, Form, Select } from 'antd';
import { capturesSecrets } from '../../../common/capturedSecrets';
import { needsSecret } from '../../../common/needsSecret';
import { useT } from '../../locale';
import { ConfigItem } from '../parts/ConfigItem';
import { useConfig } from '../useConfig';
import { AUTH_TYPES } from './authTypes';
import { CapturedSecretsContext, useCapturedSecrets } from './useCapturedSecrets';
import { UnreadableSecretsContext, useUnreadableSecrets } from './unreadableSecrets';

/** How a call proves where it comes from. */
export function AuthSection() {
  const t = useT();
  const form = Form.useFormInstance();
  const { auth } = useConfig();
  const current = AUTH_TYPES.find(({ type }) => type === auth.type);
  const unreadable = useUnreadableSecrets(auth);
  const captured = useCapturedSecrets(auth);
  const isConfirmed = captured.secrets?.some(({ confirmedAt }) => confirmedAt !== null);
  return (
    <UnreadableSecretsContext.Provider value={unreadable}>
      <ConfigItem path="auth.type" label={t('Verify a call by')}>
        <Select
          options={AUTH_TYPES.map(({ type, label }) => ({ value: type, label: t(label) }))}
          // Settings of the former type have no place in the new one, and the server would refuse them.
          onChange={(type) =>
            form.setFieldValue(['config', 'auth'], AUTH_TYPES.find((row) => row.type === type)?.initial())
          }
        />
      </ConfigItem>
      <CapturedSecretsContext.Provider value={captured}>
        {current ? <current.Fields /> : null}
      </CapturedSecretsContext.Provider>
      {needsSecret(auth) && !isConfirmed ? (
        <Alert
          type="warning"
          showIcon
          message={
            capturesSecrets(auth)
              ? t('Every call is refused until one that the service handed over is confirmed, or a secret is set.')
              : t('Every call is refused until a secret is set.')
          }
        />
      ) : null}
      {unreadable.size > 0 ? (
        <Alert
          type="error"
          showIcon
          message={t('A stored secret is unreadable.')}
          description={t(
            'It was stored for other settings, for another workflow, or on another server. No call is verified by it: enter it again.',
          )}
        />
      ) : null}
    </UnreadableSecretsContext.Provider>
  );
}
