import { DatePicker, Flex, Input, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { DELIVERY_STATUSES } from '../../common/deliveries';
import { useT } from '../locale';
import type { DeliveryFilters } from './filters';
import { ReasonSelect } from './reasons/ReasonSelect';
import { STATUSES } from './statuses';
import { WebhookSelect } from './WebhookSelect';

export interface FilterBarProps {
  filters: DeliveryFilters;
  onChange: (filters: DeliveryFilters) => void;
  /** The deliveries are those of one webhook already. */
  oneWebhook: boolean;
}

/** What to show of the log. */
export function FilterBar({ filters, onChange, oneWebhook }: FilterBarProps) {
  const t = useT();
  const set = (patch: DeliveryFilters) => onChange({ ...filters, ...patch });
  return (
    <Flex gap="small" wrap role="search" aria-label={t('Filter deliveries')}>
      {oneWebhook ? null : <WebhookSelect value={filters.key} onChange={(key) => set({ key })} />}
      <Select
        mode="multiple"
        allowClear
        aria-label={t('Status')}
        placeholder={t('Status')}
        style={{ minWidth: 160 }}
        maxTagCount="responsive"
        value={filters.statuses ?? []}
        onChange={(statuses) => set({ statuses })}
        options={DELIVERY_STATUSES.map((status) => ({ value: status, label: t(STATUSES[status].label) }))}
      />
      <ReasonSelect value={filters.reasons ?? []} onChange={(reasons) => set({ reasons })} />
      <DatePicker.RangePicker
        showTime={{ format: 'HH:mm' }}
        format="YYYY-MM-DD HH:mm"
        style={{ width: 300 }}
        allowEmpty={[true, true]}
        placeholder={[t('From'), t('Until')]}
        value={[timeOf(filters.from), timeOf(filters.to)]}
        onChange={(range) => set({ from: range?.[0]?.valueOf(), to: range?.[1]?.valueOf() })}
      />
      <Input.Search
        allowClear
        aria-label={t('Address')}
        placeholder={t('Address')}
        style={{ width: 150 }}
        onSearch={(address) => set({ address })}
      />
      <Input.Search
        allowClear
        aria-label={t('Text in path, event or body')}
        placeholder={t('Text in path, event or body')}
        style={{ width: 230 }}
        onSearch={(text) => set({ text })}
      />
    </Flex>
  );
}

function timeOf(milliseconds: number | undefined): Dayjs | null {
  return milliseconds === undefined ? null : dayjs(milliseconds);
}
