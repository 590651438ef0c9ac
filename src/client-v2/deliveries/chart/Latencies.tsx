import { Flex, Tooltip, Typography } from 'antd';
import type { Percentiles } from '../../../common/stats';
import { useT } from '../../locale';
import { showDuration } from '../columns';

/** How long half, 95 and 99 of a hundred callers waited for their answer at most. */
export function Latencies({ latencies }: { latencies: Percentiles | null }) {
  const t = useT();
  const { p50 = null, p95 = null, p99 = null } = latencies ?? {};
  return (
    <Tooltip title={t('So long half, 95 and 99 of a hundred callers waited for their answer, or less.')}>
      <Flex gap="small" style={{ fontVariantNumeric: 'tabular-nums' }}>
        {[[t('p50'), p50] as const, [t('p95'), p95] as const, [t('p99'), p99] as const].map(([name, milliseconds]) => (
          <span key={name}>
            <Typography.Text type="secondary">{name}</Typography.Text>{' '}
            <Typography.Text strong>{milliseconds === null ? '–' : showDuration(milliseconds)}</Typography.Text>
          </span>
        ))}
      </Flex>
    </Tooltip>
  );
}
