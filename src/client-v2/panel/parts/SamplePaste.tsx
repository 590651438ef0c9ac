import { Button, Flex, Input, Typography } from 'antd';
import { useState } from 'react';
import { useT } from '../../locale';
import type { ProviderExample } from './useExample';

export interface SamplePasteProps {
  /** The button that opens it. */
  label: string;
  /** What to paste. */
  hint: string;
  /** The button that reads what was pasted. */
  action: string;
  /** Shown where nothing could be read. */
  problem: string;
  /** Offered to fill the field with. */
  example?: ProviderExample;
  /** Takes what was pasted; false: it can't be read. */
  onPasted: (pasted: string) => boolean;
}

/** A button that opens a field for a piece of a real call, to read something from. Texts come translated. */
export function SamplePaste({ label, hint, action, problem, example, onPasted }: SamplePasteProps) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const [pasted, setPasted] = useState('');
  const [isRefused, setRefused] = useState(false);

  const close = () => {
    setOpen(false);
    setPasted('');
    setRefused(false);
  };

  if (!open) {
    return (
      <Button size="small" onClick={() => setOpen(true)}>
        {label}
      </Button>
    );
  }
  return (
    <Flex vertical gap={4} style={{ flexBasis: '100%' }}>
      <Input.TextArea
        autoFocus
        aria-label={hint}
        placeholder={hint}
        autoSize={{ minRows: 4, maxRows: 12 }}
        spellCheck={false}
        style={{ fontFamily: 'monospace' }}
        status={isRefused ? 'error' : undefined}
        value={pasted}
        onChange={(event) => setPasted(event.target.value)}
      />
      {isRefused ? <Typography.Text type="danger">{problem}</Typography.Text> : null}
      <Flex gap="small" wrap>
        <Button size="small" type="primary" onClick={() => (onPasted(pasted) ? close() : setRefused(true))}>
          {action}
        </Button>
        {example ? (
          <Button size="small" onClick={() => setPasted(example.sample)}>
            {t('Use the example of {{provider}}', { provider: example.provider })}
          </Button>
        ) : null}
        <Button size="small" onClick={close}>
          {t('Cancel')}
        </Button>
      </Flex>
    </Flex>
  );
}
