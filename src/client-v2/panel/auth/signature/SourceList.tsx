import { useT } from '../../../locale';
import { RowList } from '../../parts/RowList';
import { SourceInput } from './SourceInput';

export interface SourceListProps {
  /** Given by the `Form.Item` around. */
  value?: string | string[];
  onChange?: (sources: string | string[]) => void;
}

/** One place in a request, or several of which the first that is present counts. */
export function SourceList({ value, onChange }: SourceListProps) {
  const t = useT();
  const sources = [value ?? []].flat();
  return (
    <RowList<{ source: string }>
      value={sources.map((source) => ({ source }))}
      onChange={(rows) => {
        const [first = { source: 'header:' }, ...others] = rows;
        onChange?.(others.length === 0 ? first.source : rows.map(({ source }) => source));
      }}
      newRow={() => ({ source: 'header:' })}
      startWithRow
      isFirstKept
      addLabel={t('Add another place')}
      rowLabel={t('place')}
      renderRow={({ source }, change) => <SourceInput value={source} onChange={(next) => change({ source: next })} />}
    />
  );
}
