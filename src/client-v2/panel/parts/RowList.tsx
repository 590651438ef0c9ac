import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Flex } from 'antd';
import type { ReactNode } from 'react';
import { useT } from '../../locale';

export interface RowListProps<Row> {
  /** Given by the `Form.Item` around. */
  value?: Row[];
  onChange?: (rows: Row[]) => void;
  newRow: () => Row;
  addLabel: string;
  /** What one row is, for its delete button's name. */
  rowLabel: string;
  /** The inputs of one row; `change` replaces some of its values. */
  renderRow: (row: Row, change: (patch: Partial<Row>) => void, index: number) => ReactNode;
  /** Shows an empty row, rather than only the button, while there is none. */
  startWithRow?: boolean;
  /** Offers no removal while there is only one row: there must be one. */
  isFirstKept?: boolean;
}

/** A list that the maker adds rows to and removes rows from. */
export function RowList<Row>(props: RowListProps<Row>) {
  const { value, onChange, newRow, addLabel, rowLabel, renderRow, startWithRow, isFirstKept } = props;
  const t = useT();
  const stored = value ?? [];
  const rows = stored.length === 0 && startWithRow ? [newRow()] : stored;
  return (
    <Flex vertical gap="small">
      {rows.map((row, index) => (
        // Rows have no identity of their own, and their inputs keep no state that could follow the wrong one.
        <Flex key={index} gap="small" align="flex-start">
          <div style={{ flex: 1, minWidth: 0 }}>
            {renderRow(
              row,
              (patch) => onChange?.(rows.map((old, at) => (at === index ? { ...old, ...patch } : old))),
              index,
            )}
          </div>
          {stored.length > (isFirstKept ? 1 : 0) ? (
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t('Remove {{what}} {{number}}', { what: rowLabel, number: index + 1 })}
              onClick={() => onChange?.(rows.filter((_row, at) => at !== index))}
            />
          ) : null}
        </Flex>
      ))}
      <div>
        <Button type="dashed" size="small" icon={<PlusOutlined />} onClick={() => onChange?.([...rows, newRow()])}>
          {addLabel}
        </Button>
      </div>
    </Flex>
  );
}
