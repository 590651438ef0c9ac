import { Form } from 'antd';
import type { ConfigIssue } from '../../../common/rules';
import { validateConfig } from '../../../common/validateConfig';
import { useT } from '../../locale';
import { toStored } from '../useConfig';

/**
 * NocoBase replaces the stored configuration with what the form's fields hold. This field holds all of
 * it, so a setting that the panel has no field for is saved as it was; and it stops a save that the
 * server would refuse, whether or not a visible field is to blame.
 */
export function ConfigKeeper({ onRefused }: { onRefused: (issues: ConfigIssue[]) => void }) {
  const t = useT();
  return (
    <Form.Item
      name="config"
      hidden
      rules={[
        {
          async validator(_rule, value: unknown) {
            const issues = validateConfig(toStored(value));
            if (issues.length > 0) {
              onRefused(issues);
              throw new Error(t('Some settings need your attention.'));
            }
          },
        },
      ]}
    >
      <Nothing />
    </Form.Item>
  );
}

function Nothing() {
  return null;
}
