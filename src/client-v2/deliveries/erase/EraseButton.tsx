import { DeleteOutlined } from '@ant-design/icons';
import { App, Button, Checkbox, Flex, Modal, Tooltip, Typography } from 'antd';
import { useState } from 'react';
import type { Erased, EraseInput } from '../../../common/deliveriesApi';
import { useT } from '../../locale';

export interface EraseButtonProps {
  /** What is asked, and what the button says. */
  title: string;
  label: string;
  /** Why it can't be used; undefined: it can. */
  disabledFor?: string;
  /** Whether some may not have ended. */
  mayBeOpen: boolean;
  erase: (options: EraseInput) => Promise<Erased>;
  onErased: () => void;
}

/** Asks what is to be erased with the deliveries, and erases them: that can't be undone. */
export function EraseButton({ title, label, disabledFor, mayBeOpen, erase, onErased }: EraseButtonProps) {
  const t = useT();
  const { message } = App.useApp();
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [execution, setExecution] = useState(true);
  const [cancel, setCancel] = useState(false);

  const confirm = async () => {
    setBusy(true);
    try {
      const { erased, open } = await erase({ execution, cancel });
      const left = open > 0 ? `, ${t('{{count}} have not ended', { count: open })}` : '';
      void message.info(t('{{count}} erased', { count: erased }) + left);
      setAsking(false);
      onErased();
    } catch {
      // NocoBase has shown why.
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Tooltip title={disabledFor}>
        <Button danger icon={<DeleteOutlined />} disabled={disabledFor !== undefined} onClick={() => setAsking(true)}>
          {label}
        </Button>
      </Tooltip>
      <Modal
        open={isAsking}
        title={title}
        okText={t('Erase')}
        okButtonProps={{ danger: true, loading: isBusy }}
        onOk={() => void confirm()}
        onCancel={() => setAsking(false)}
      >
        <Flex vertical gap="small">
          <Typography.Text>
            {t(
              'Body, headers, query, path, address and answer are deleted, and so are stored files. It can not be undone, and what is erased can not be replayed.',
            )}
          </Typography.Text>
          <Checkbox checked={execution} onChange={(event) => setExecution(event.target.checked)}>
            {t('Also what the workflow saw, and what its nodes came to')}
          </Checkbox>
          {mayBeOpen ? (
            <Checkbox checked={cancel} onChange={(event) => setCancel(event.target.checked)}>
              {t('Cancel what has not ended')}
            </Checkbox>
          ) : null}
        </Flex>
      </Modal>
    </>
  );
}
