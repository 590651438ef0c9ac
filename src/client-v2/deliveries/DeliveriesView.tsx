import { ReloadOutlined } from '@ant-design/icons';
import { Button, Checkbox, Flex, Table } from 'antd';
import { useMemo, useState } from 'react';
import { useT } from '../locale';
import { BulkReplay } from './BulkReplay';
import { DeliveriesChart } from './chart/DeliveriesChart';
import { deliveryColumns } from './columns';
import { DeliveryDrawer } from './DeliveryDrawer';
import { EraseButton } from './erase/EraseButton';
import { FilterBar } from './FilterBar';
import { toFilter, type DeliveryFilters } from './filters';
import { Pager } from './Pager';
import { useReasonText } from './reasons/useReasonText';
import { useDeliveriesApi } from './useDeliveriesApi';
import { useDeliveryList } from './useDeliveryList';
import { WebhookState } from './WebhookState';

export interface DeliveriesViewProps {
  webhookKey?: string;
  /** What is set in the filter bar at first. */
  initialFilters?: DeliveryFilters;
}

/** The log of deliveries: of all webhooks, or of the one with this workflow key. */
export function DeliveriesView({ webhookKey, initialFilters = {} }: DeliveriesViewProps) {
  const t = useT();
  const api = useDeliveriesApi();
  const [filters, setFilters] = useState(initialFilters);
  const [follow, setFollow] = useState(true);
  const [openId, setOpenId] = useState<string | null>(null);
  const shown = useMemo(() => (webhookKey ? { ...filters, key: webhookKey } : filters), [filters, webhookKey]);
  const filter = toFilter(shown);
  const isAll = Object.keys(filter).length === 0;
  const list = useDeliveryList(shown, follow && openId === null);
  const tell = useReasonText();
  const columns = useMemo(() => deliveryColumns(t, setOpenId, webhookKey !== undefined, tell), [t, webhookKey, tell]);
  return (
    <Flex vertical gap="middle">
      <DeliveriesChart
        webhookKey={shown.key}
        from={shown.from}
        to={shown.to}
        onSelect={({ from, to }) => setFilters({ ...filters, from, to })}
      />
      <FilterBar filters={filters} onChange={setFilters} oneWebhook={webhookKey !== undefined} />
      <Flex gap="middle" align="center" wrap>
        <Button icon={<ReloadOutlined />} onClick={list.reload} loading={list.isLoading}>
          {t('Refresh')}
        </Button>
        <Checkbox checked={follow} onChange={(event) => setFollow(event.target.checked)}>
          {t('Every 5 seconds')}
        </Checkbox>
        <BulkReplay filter={filter} onDone={list.reload} />
        <EraseButton
          title={t('Erase all deliveries that meet the filters?')}
          label={t('Erase all')}
          disabledFor={isAll ? t('Set a filter first: which ones are meant has to be said.') : undefined}
          mayBeOpen
          erase={(options) => api.eraseMany(filter, options)}
          onErased={list.reload}
        />
        {shown.key ? <WebhookState key={shown.key} webhookKey={shown.key} rows={list.rows} /> : null}
      </Flex>
      <Table
        size="small"
        rowKey="id"
        tableLayout="fixed"
        columns={columns}
        dataSource={list.rows}
        pagination={false}
        scroll={{ x: 900 }}
        onRow={({ id }) => ({ onClick: () => setOpenId(id), style: { cursor: 'pointer' } })}
        locale={{ emptyText: t('No delivery meets the filters.') }}
      />
      <Pager list={list} />
      <DeliveryDrawer id={openId} onOpen={setOpenId} onClose={() => setOpenId(null)} onChanged={list.reload} />
    </Flex>
  );
}
