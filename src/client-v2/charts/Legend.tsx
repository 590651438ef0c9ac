import { Flex, Typography } from 'antd';
import { useId } from 'react';
import { text, useT } from '../locale';
import { useChartColors } from './colors';
import { Hatch } from './Hatch';
import type { Counted, Kind } from './stack';

const KINDS: [Kind, label: string][] = [
  ['accepted', text('Accepted')],
  ['refused', text('Refused')],
  ['failed', text('Failed')],
];

/** What the parts of a bar are; with how many there are of each, where that is known. */
export function Legend({ counts }: { counts?: Counted }) {
  const t = useT();
  const colors = useChartColors();
  const id = useId();
  return (
    <Flex gap="middle" wrap>
      {KINDS.map(([kind, label]) => (
        <Flex key={kind} gap={6} align="center">
          <svg width={12} height={12} aria-hidden>
            <Hatch id={`${id}${kind}`} colors={colors} />
            <rect width={12} height={12} rx={2} fill={kind === 'refused' ? `url(#${id}${kind})` : colors[kind]} />
          </svg>
          <Typography.Text type="secondary">{t(label)}</Typography.Text>
          {counts ? <Typography.Text strong>{counts[kind].toLocaleString()}</Typography.Text> : null}
        </Flex>
      ))}
    </Flex>
  );
}
