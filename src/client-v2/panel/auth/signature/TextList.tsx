import { Input } from 'antd';
import { useT } from '../../../locale';
import { RowList } from '../../parts/RowList';

export interface TextListProps {
  /** Given by the `Form.Item` around. */
  value?: string[];
  onChange?: (texts: string[]) => void;
}

/** Signed texts, of which any may be the one that a call is signed by. */
export function TextList({ value, onChange }: TextListProps) {
  const t = useT();
  return (
    <RowList<{ text: string }>
      value={(value ?? []).map((text) => ({ text }))}
      onChange={(rows) => onChange?.(rows.map(({ text }) => text))}
      newRow={() => ({ text: '{body}' })}
      addLabel={t('Add another text')}
      rowLabel={t('text')}
      renderRow={({ text }, change) => (
        <Input.TextArea
          aria-label={t('Signed text')}
          autoSize={{ minRows: 1, maxRows: 6 }}
          spellCheck={false}
          value={text}
          onChange={({ target }) => change({ text: target.value })}
        />
      )}
    />
  );
}
