import { WarningFilled } from '@ant-design/icons';
import { Badge, Flex, theme } from 'antd';
import { useT } from '../locale';
import type { Summary } from './summaries';

export interface GroupHeaderProps {
  title: string;
  /** Whether something in it can't be saved. */
  isWrong: boolean;
  /** null: the group is open, and its settings speak for themselves. */
  summary: Summary | null;
}

/** A group's title, with what its settings come to while they can't be seen. */
export function GroupHeader({ title, isWrong, summary }: GroupHeaderProps) {
  const t = useT();
  const { token } = theme.useToken();
  return (
    <Flex wrap gap="0 16px" align="baseline">
      <strong style={{ minWidth: 112 }}>{title}</strong>
      {isWrong ? <Badge status="error" text={t('Needs attention')} /> : null}
      {summary && !isWrong ? (
        <span
          style={{
            flex: '1 1 240px',
            minWidth: 0,
            overflowWrap: 'anywhere',
            // antd's own colour of a warning has too little contrast.
            color: summary.isUnsafe ? token.orange8 : token.colorTextSecondary,
          }}
        >
          {summary.isUnsafe ? (
            <WarningFilled style={{ color: token.colorWarning, marginInlineEnd: token.marginXXS }} />
          ) : null}
          {summary.words}
        </span>
      ) : null}
    </Flex>
  );
}
