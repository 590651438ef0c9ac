import { DatePicker, Flex, Input } from 'antd';
import dayjs from 'dayjs';
import { secretKind, toEntry, type SecretEntry, type SecretInput } from '../../../common/secrets';
import { useT } from '../../locale';
import { RowList } from '../parts/RowList';
import { SecretField } from './SecretField';

export interface SecretListProps {
  /** Given by the `Form.Item` around. */
  value?: SecretInput[];
  onChange?: (secrets: SecretInput[]) => void;
  /** What a secret is called there, such as "Webhook secret"; translated. */
  label: string;
  canGenerate?: boolean;
}

/** The secrets of a webhook: several at once, so that one can be rotated while the other still works. */
export function SecretList({ value, onChange, label, canGenerate = true }: SecretListProps) {
  const t = useT();
  const write = (rows: SecretEntry[]) =>
    // The empty row that a new list starts with is not a secret.
    onChange?.(rows.length === 1 && rows.every(isBlank) ? [] : rows);
  return (
    <RowList<SecretEntry>
      value={value?.map(toEntry)}
      onChange={write}
      newRow={() => ({})}
      startWithRow
      addLabel={t('Add another secret')}
      rowLabel={label}
      renderRow={(entry, change, index) => (
        <Flex vertical gap={4}>
          <SecretField
            label={label}
            canGenerate={canGenerate}
            value={entry}
            onChange={(next) => change({ value: undefined, sealed: undefined, ...next })}
          />
          {isBlank(entry) ? null : (
            <Flex gap="small" wrap>
              <Input
                size="small"
                style={{ flex: '1 1 120px' }}
                aria-label={t('Name of secret {{number}}', { number: index + 1 })}
                placeholder={t('Name, for the log')}
                value={entry.name ?? ''}
                onChange={(event) => change({ name: event.target.value || undefined })}
              />
              <DatePicker
                size="small"
                style={{ flex: '1 1 190px' }}
                aria-label={t('Expiry of secret {{number}}', { number: index + 1 })}
                placeholder={t('Never expires')}
                showTime={{ format: 'HH:mm' }}
                format="YYYY-MM-DD HH:mm"
                value={entry.expiresAt ? dayjs(entry.expiresAt) : null}
                onChange={(date) => change({ expiresAt: date ? date.toISOString() : undefined })}
              />
            </Flex>
          )}
        </Flex>
      )}
    />
  );
}

function isBlank(entry: SecretEntry): boolean {
  return secretKind(entry) === 'empty' && !entry.name && !entry.expiresAt;
}
