import { Flex, Input, Select } from 'antd';
import type { Handshake } from '../../../../common/presets';
import { useT } from '../../../locale';
import { RowList } from '../../parts/RowList';
import { useDraftRows } from '../../parts/useDraftRows';
import { SourceInput } from './SourceInput';

type When = Handshake['when'];

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'OPTIONS'].map((value) => ({ value, label: value }));

/** A place and the value that it must have; empty: it must be there. */
interface Condition {
  source: string;
  value: string;
}

export interface WhenFieldsProps {
  value: When;
  onChange: (when: When) => void;
}

/** By what a call is known as a ping or challenge. */
export function WhenFields({ value, onChange }: WhenFieldsProps) {
  const t = useT();
  const method = typeof value.method === 'string' ? value.method : undefined;
  const [conditions, setConditions] = useDraftRows(value, conditionsOf, (rows) => whenOf(method, rows), onChange);
  return (
    <>
      <Select
        aria-label={t('Method')}
        allowClear
        placeholder={t('Any method of this webhook')}
        value={method}
        options={METHODS}
        onChange={(next?: string) => onChange(whenOf(next, conditions))}
      />
      <RowList<Condition>
        value={conditions}
        onChange={setConditions}
        newRow={() => ({ source: 'header:', value: '' })}
        addLabel={t('Add a condition')}
        rowLabel={t('condition')}
        renderRow={(row, change) => (
          <Flex gap="small">
            <SourceInput value={row.source} onChange={(source) => change({ source })} />
            <Input
              aria-label={t('Value')}
              placeholder={t('Empty: it has to be there')}
              value={row.value}
              onChange={(event) => change({ value: event.target.value })}
            />
          </Flex>
        )}
      />
    </>
  );
}

function conditionsOf(when: When): Condition[] {
  return Object.entries(when)
    .filter(([key]) => key !== 'method')
    .flatMap(([key, expected]) =>
      key === 'has'
        ? [expected].flat().map((source) => ({ source: String(source), value: '' }))
        : [{ source: key, value: String(expected) }],
    );
}

function whenOf(method: string | undefined, conditions: readonly Condition[]): When {
  const there = conditions.filter(({ value }) => value === '').map(({ source }) => source);
  return {
    ...(method !== undefined && { method }),
    ...(there.length > 0 && { has: there.length > 1 ? there : there[0] }),
    ...Object.fromEntries(conditions.flatMap(({ source, value }) => (value === '' ? [] : [[source, value]]))),
  };
}
