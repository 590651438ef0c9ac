import { Alert, Flex, Typography } from 'antd';
import { OPEN_STATUSES, type DeliveryStatus } from '../../../common/deliveries';
import type { DeliveryDetail } from '../../../common/deliveriesApi';
import { findReason } from '../../../common/reasons/describe';
import { REASON_TOPICS } from '../../../common/reasons/topics';
import { useT } from '../../locale';
import { ReasonAction } from './ReasonAction';
import { useReasonText } from './useReasonText';

/** Those whose reason tells of nothing that went wrong. */
const NO_FAULT: readonly DeliveryStatus[] = [...OPEN_STATUSES, 'cancelled', 'ignored', 'duplicate'];

/** Why a delivery was refused, left out, or ended as it did, and what can be done about it. */
export function ReasonAlert({ delivery }: { delivery: DeliveryDetail }) {
  const t = useT();
  const tell = useReasonText();
  const { reasonCode, status, nextAttemptAt } = delivery;
  const entry = reasonCode === null ? undefined : findReason(reasonCode);
  if (reasonCode === null) {
    return null;
  }
  return (
    <Alert
      showIcon
      type={nextAttemptAt !== null ? 'warning' : NO_FAULT.includes(status) ? 'info' : 'error'}
      message={tell(delivery)}
      description={
        entry ? (
          <Flex gap="small" align="center" wrap>
            <ReasonAction topic={REASON_TOPICS[entry.topic]} delivery={delivery} />
            <Typography.Text type="secondary">
              <Typography.Text code copyable={{ tooltips: false }}>
                {reasonCode}
              </Typography.Text>{' '}
              {t('More in {{page}}', { page: `docs/${REASON_TOPICS[entry.topic].docs}` })}
            </Typography.Text>
          </Flex>
        ) : null
      }
      style={{ marginBottom: 16, overflowWrap: 'anywhere' }}
    />
  );
}
