import { Flex, Input, Modal, Typography } from 'antd';
import { useId, useState } from 'react';
import type { DeliveryDetail, ReplayInput } from '../../common/deliveriesApi';
import { useT } from '../locale';
import { readEdits, textsOf, type EditorTexts } from './replayTexts';

export interface ReplayEditorProps {
  delivery: DeliveryDetail;
  isBusy: boolean;
  onCancel: () => void;
  onReplay: (edits: ReplayInput) => void;
}

/** Edits what the workflow is to see of a delivery, as JSON. What is left as it was is not sent. */
export function ReplayEditor({ delivery, isBusy, onCancel, onReplay }: ReplayEditorProps) {
  const t = useT();
  const [before] = useState(() => textsOf(delivery));
  const [texts, setTexts] = useState(before);
  const { edits, broken } = readEdits(before, texts);
  const set = (part: keyof EditorTexts) => (value: string) => setTexts((now) => ({ ...now, [part]: value }));
  return (
    <Modal
      open
      width={760}
      title={t('Edit and replay')}
      okText={t('Replay')}
      cancelText={t('Close')}
      okButtonProps={{ disabled: broken.length > 0, loading: isBusy }}
      onCancel={onCancel}
      onOk={() => onReplay(edits)}
    >
      <Flex vertical gap="middle">
        <Typography.Text type="secondary">
          {t('Credentials are not kept: what stays [redacted] is what the workflow saw the first time.')}
        </Typography.Text>
        <Editor
          label={t('Body')}
          value={texts.data}
          rows={12}
          onChange={set('data')}
          broken={broken.includes('data')}
        />
        <Editor
          label={t('Headers')}
          value={texts.headers}
          rows={6}
          onChange={set('headers')}
          broken={broken.includes('headers')}
        />
        <Editor
          label={t('Query')}
          value={texts.query}
          rows={3}
          onChange={set('query')}
          broken={broken.includes('query')}
        />
      </Flex>
    </Modal>
  );
}

interface EditorProps {
  label: string;
  value: string;
  rows: number;
  broken: boolean;
  onChange: (value: string) => void;
}

function Editor({ label, value, rows, broken, onChange }: EditorProps) {
  const t = useT();
  const id = useId();
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      <Input.TextArea
        id={id}
        value={value}
        rows={rows}
        spellCheck={false}
        status={broken ? 'error' : ''}
        style={{ fontFamily: 'monospace' }}
        onChange={(event) => onChange(event.target.value)}
      />
      {broken ? <Typography.Text type="danger">{t('This is not valid JSON.')}</Typography.Text> : null}
    </div>
  );
}
