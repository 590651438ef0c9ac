import { Select } from 'antd';
import { useMemo } from 'react';
import { REASONS } from '../../../common/reasons/catalogue';
import { findReason } from '../../../common/reasons/describe';
import { REASON_TOPICS, type ReasonTopicName } from '../../../common/reasons/topics';
import { useT } from '../../locale';

export interface ReasonSelectProps {
  value: string[];
  onChange: (codes: string[]) => void;
}

/** Picks reasons by what they are about, by their codes, or by what they say. */
export function ReasonSelect({ value, onChange }: ReasonSelectProps) {
  const t = useT();
  const groups = useMemo(() => {
    const optionsOf = (name: string) =>
      Object.keys(REASONS)
        .filter((code) => findReason(code)?.topic === name)
        .map((code) => ({ value: code, label: code, title: t(findReason(code)?.text ?? code) }));
    return (Object.keys(REASON_TOPICS) as ReasonTopicName[]).map((name) => ({
      label: t(REASON_TOPICS[name].title),
      title: t(REASON_TOPICS[name].title),
      options: optionsOf(name),
    }));
  }, [t]);
  return (
    <Select
      mode="multiple"
      allowClear
      aria-label={t('Reason')}
      placeholder={t('Reason')}
      style={{ minWidth: 180 }}
      popupMatchSelectWidth={360}
      maxTagCount="responsive"
      value={value}
      onChange={onChange}
      options={groups}
      filterOption={(input, option) =>
        `${String(option?.label)} ${option?.title ?? ''}`.toLowerCase().includes(input.toLowerCase())
      }
    />
  );
}
