import { Button, Flex, Input, Typography } from 'antd';
import { useState } from 'react';
import type { JsonSchema } from '../../../common/config';
import { schemaFromSample } from '../../../common/schemaFromSample';
import { useT } from '../../locale';

/** Makes a schema from a pasted example, for the maker to go on from. */
export function SchemaSample({ onMade }: { onMade: (schema: JsonSchema) => void }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const [pasted, setPasted] = useState('');
  const [isProblem, setProblem] = useState(false);

  const make = () => {
    try {
      onMade(schemaFromSample(JSON.parse(pasted)));
      setPasted('');
      setOpen(false);
      setProblem(false);
    } catch {
      setProblem(true);
    }
  };

  if (!open) {
    return (
      <Button size="small" style={{ marginBottom: 12 }} onClick={() => setOpen(true)}>
        {t('Make a schema from a sample')}
      </Button>
    );
  }
  return (
    <Flex vertical gap={4} style={{ marginBottom: 12 }}>
      <Input.TextArea
        autoFocus
        aria-label={t('Paste a JSON body.')}
        placeholder={t('Paste a JSON body.')}
        autoSize={{ minRows: 4, maxRows: 12 }}
        spellCheck={false}
        style={{ fontFamily: 'monospace' }}
        status={isProblem ? 'error' : undefined}
        value={pasted}
        onChange={(event) => setPasted(event.target.value)}
      />
      {isProblem ? <Typography.Text type="danger">{t('This is not valid JSON.')}</Typography.Text> : null}
      <Flex gap="small">
        <Button size="small" type="primary" onClick={make}>
          {t('Make the schema')}
        </Button>
        <Button size="small" onClick={() => setOpen(false)}>
          {t('Cancel')}
        </Button>
      </Flex>
    </Flex>
  );
}
