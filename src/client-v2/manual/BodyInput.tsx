import { Flex, Input, Radio } from 'antd';
import { useState } from 'react';
import { useT } from '../locale';
import { JsonInput } from '../panel/parts/JsonInput';

export interface BodyInputProps {
  /** Given by the `Form.Item` around. */
  id?: string;
  value?: unknown;
  onChange?: (value: unknown) => void;
}

/** A body for a manual run: a JSON value, or text as it would arrive. */
export function BodyInput({ id, value, onChange }: BodyInputProps) {
  const t = useT();
  const [format, setFormat] = useState<'json' | 'text'>('json');
  return (
    <Flex vertical gap="small">
      <Radio.Group
        size="small"
        optionType="button"
        aria-label={t('Format of the body')}
        value={format}
        options={[
          { value: 'json', label: 'JSON' },
          { value: 'text', label: t('Text') },
        ]}
        onChange={(event) => {
          const next = event.target.value as 'json' | 'text';
          setFormat(next);
          onChange?.(next === 'text' ? '' : {});
        }}
      />
      {format === 'json' ? (
        <JsonInput id={id} value={value} onChange={onChange} />
      ) : (
        <Input.TextArea
          id={id}
          autoSize={{ minRows: 4, maxRows: 16 }}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange?.(event.target.value)}
        />
      )}
    </Flex>
  );
}
