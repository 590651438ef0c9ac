import { Alert, ConfigProvider, Flex } from 'antd';
import { useCurrentWorkflowContext } from '@nocobase/plugin-workflow/client-v2';
import dayjs from 'dayjs';
import { useContext, useState } from 'react';
import { warningsOf, type Warning } from '../../../common/warnings';
import { useT } from '../../locale';
import { SharedAddressAlert } from '../../settings/SharedAddressAlert';
import { useWebhookSettings } from '../../settings/useWebhookSettings';
import { WorkflowNodesContext } from '../useWorkflowNodes';
import { useConfig } from '../useConfig';
import { WARNING_TEXTS } from './texts';
import { useDismissed } from './useDismissed';

const SHARED_ADDRESS = 'SHARED_ADDRESS';

/** What is valid and risky in these settings, above all of them. Each is told until it is closed, once per version. */
export function Warnings() {
  const t = useT();
  const config = useConfig();
  const { id, key, sync } = useCurrentWorkflowContext();
  const nodes = useContext(WorkflowNodesContext);
  const { settings } = useWebhookSettings({ sharedAddressOf: { key } });
  const dismissed = useDismissed(id);
  const [now] = useState(() => Date.now());
  const warnings = warningsOf(config, {
    isSync: Boolean(sync),
    nodeTypes: (nodes ?? []).flatMap(({ type }) => type ?? []),
    now,
  }).filter(({ code }) => !dismissed.has(code));
  const isShared = settings?.sharedAddress && !dismissed.has(SHARED_ADDRESS);
  if (warnings.length === 0 && !isShared) {
    return null;
  }
  return (
    <ConfigProvider componentDisabled={false}>
      <Flex vertical gap="small" role="group" aria-label={t('Warnings')}>
        {warnings.map(({ code, values }) => (
          <Alert
            key={code}
            type="warning"
            showIcon
            closable
            onClose={() => dismissed.add(code)}
            message={t(WARNING_TEXTS[code], shown(values))}
          />
        ))}
        {isShared ? <SharedAddressAlert settings={settings} onClose={() => dismissed.add(SHARED_ADDRESS)} /> : null}
      </Flex>
    </ConfigProvider>
  );
}

function shown({ date, ...values }: Warning['values']): Warning['values'] {
  return date ? { ...values, date: dayjs(date).format('YYYY-MM-DD HH:mm') } : values;
}
