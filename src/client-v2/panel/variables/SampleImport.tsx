import { Button, Flex, Input, Typography } from 'antd';
import { useState } from 'react';
import type { DeclaredVariable } from '../../../common/config';
import { useT } from '../../locale';
import type { Sample } from './samples';

export interface SampleImportProps {
  sample: Sample;
  onRead: (found: DeclaredVariable[]) => void;
}

/** Reads variables from a pasted piece of a real call. */
export function SampleImport({ sample, onRead }: SampleImportProps) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const [pasted, setPasted] = useState('');
  const [problem, setProblem] = useState(false);

  const read = () => {
    const found = sample.read(pasted);
    setProblem(found === null || found.length === 0);
    if (found?.length) {
      onRead(found);
      setPasted('');
      setOpen(false);
    }
  };

  if (!open) {
    return (
      <Button size="small" onClick={() => setOpen(true)}>
        {t('From a sample')}
      </Button>
    );
  }
  return (
    <Flex vertical gap={4} style={{ flexBasis: '100%' }}>
      <Input.TextArea
        autoFocus
        aria-label={t(sample.hint)}
        placeholder={t(sample.hint)}
        autoSize={{ minRows: 4, maxRows: 12 }}
        spellCheck={false}
        style={{ fontFamily: 'monospace' }}
        status={problem ? 'error' : undefined}
        value={pasted}
        onChange={(event) => setPasted(event.target.value)}
      />
      {problem ? <Typography.Text type="danger">{t('No variables could be read from this.')}</Typography.Text> : null}
      <Flex gap="small">
        <Button size="small" type="primary" onClick={read}>
          {t('Add its variables')}
        </Button>
        <Button size="small" onClick={() => setOpen(false)}>
          {t('Cancel')}
        </Button>
      </Flex>
    </Flex>
  );
}
