import { Flex, Form, InputNumber, Select, Switch } from 'antd';
import type { SignatureAuth } from '../../../../common/auth';
import { TIME_UNIT_NAMES, timeUnit } from '../../../../common/timeUnits';
import { useT } from '../../../locale';
import { ConfigItem } from '../../parts/ConfigItem';
import { useConfig } from '../../useConfig';
import { SourceInput } from './SourceInput';

const DEFAULT_TIMESTAMP: NonNullable<SignatureAuth['ts']> = { from: 'header:x-timestamp', unit: 's', tol: 300 };

/** The signed time, which keeps a recorded call from being sent again later. */
export function SignatureTimeFields() {
  const t = useT();
  const form = Form.useFormInstance();
  const { ts } = useConfig().auth as SignatureAuth;
  return (
    <>
      <Form.Item label={t('The call carries a signed time')}>
        <Switch
          aria-label={t('The call carries a signed time')}
          checked={ts !== undefined}
          onChange={(on) => form.setFieldValue(['config', 'auth', 'ts'], on ? DEFAULT_TIMESTAMP : undefined)}
        />
      </Form.Item>
      {ts ? (
        <>
          <ConfigItem path="auth.ts.from" label={t('Where the time is')}>
            <SourceInput inSignature />
          </ConfigItem>
          <Flex gap="0 16px" wrap>
            <ConfigItem path="auth.ts.unit" style={{ flex: '1 1 140px' }} label={t('Counted in')}>
              <Select options={TIME_UNIT_NAMES.map((value) => ({ value, label: t(timeUnit(value).label) }))} />
            </ConfigItem>
            <ConfigItem
              path="auth.ts.tol"
              style={{ flex: '1 1 140px' }}
              label={t('Clock tolerance')}
              extra={t('0: not checked.')}
            >
              <InputNumber min={0} max={86_400} addonAfter={t('seconds')} style={{ width: '100%' }} />
            </ConfigItem>
          </Flex>
        </>
      ) : null}
    </>
  );
}
