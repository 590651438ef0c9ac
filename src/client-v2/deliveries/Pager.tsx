import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button, Flex } from 'antd';
import { useT } from '../locale';
import type { DeliveryList } from './useDeliveryList';

/** Goes to the page before and the one behind. How many there are is not known: counting takes longest. */
export function Pager({ list: { page, hasNext, setPage } }: { list: DeliveryList }) {
  const t = useT();
  return (
    <Flex justify="end" align="center" gap="small">
      <Button
        size="small"
        icon={<LeftOutlined />}
        aria-label={t('Newer')}
        disabled={page === 1}
        onClick={() => setPage(page - 1)}
      />
      {t('Page {{page}}', { page })}
      <Button
        size="small"
        icon={<RightOutlined />}
        aria-label={t('Older')}
        disabled={!hasNext}
        onClick={() => setPage(page + 1)}
      />
    </Flex>
  );
}
