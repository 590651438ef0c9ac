import { Select } from 'antd';
import { useEffect, useState } from 'react';
import type { EndpointSummary } from '../../common/deliveriesApi';
import { useT } from '../locale';
import { useDeliveriesApi } from './useDeliveriesApi';

/** Time to go on typing before it is searched for, in milliseconds. */
const TYPING_MS = 250;

/** Picks one of the enabled webhooks, found by a part of its title, path or key. */
export function WebhookSelect({ value, onChange }: { value?: string; onChange: (key?: string) => void }) {
  const t = useT();
  const api = useDeliveriesApi();
  const [search, setSearch] = useState('');
  const [found, setFound] = useState<EndpointSummary[]>([]);

  useEffect(() => {
    let isGone = false;
    const timer = setTimeout(() => {
      api
        .endpoints({ search })
        .then((endpoints) => !isGone && setFound(endpoints))
        .catch(() => undefined);
    }, TYPING_MS);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [api, search]);

  return (
    <Select
      showSearch
      allowClear
      filterOption={false}
      aria-label={t('Workflow')}
      placeholder={t('Workflow')}
      style={{ minWidth: 200 }}
      value={value}
      onSearch={setSearch}
      onChange={(key: string | undefined) => onChange(key)}
      options={found.map(({ key, title }) => ({ value: key, label: title }))}
    />
  );
}
