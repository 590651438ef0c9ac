import { Flex, Input, Select } from 'antd';
import type { Handshake } from '../../../../common/presets';
import { useT } from '../../../locale';
import { RowList } from '../../parts/RowList';
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
  const conditions = conditionsOf(value);
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
        onChange={(rows) => onChange(whenOf(method, rows))}
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
    .map(([key, expected]) =>
      key === 'has' ? { source: String(expected), value: '' } : { source: key, value: String(expected) },
    );
}

/** One place only can be said to have to be there: of several, a value is asked for. */
function whenOf(method: string | undefined, conditions: readonly Condition[]): When {
  const when: When = method === undefined ? {} : { method };
  for (const { source, value } of conditions) {
    if (value === '') {
      when.has = source;
    } else {
      when[source] = value;
    }
  }
  return when;
}
