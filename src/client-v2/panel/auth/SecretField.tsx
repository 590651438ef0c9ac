import { LockOutlined, WarningOutlined } from '@ant-design/icons';
import { Button, Flex, Input, Space, Tag, Typography } from 'antd';
import { useState } from 'react';
import { secretKind, toEntry, type SecretEntry, type SecretInput } from '../../../common/secrets';
import { useT } from '../../locale';
import { CodeBlock } from '../parts/CodeBlock';
import { EnvPicker } from './EnvPicker';
import { generateSecret } from './generateSecret';
import { useIsUnreadable } from './unreadableSecrets';

export interface SecretFieldProps {
  /** Given by the `Form.Item` around. */
  id?: string;
  value?: SecretInput;
  onChange?: (secret: SecretEntry) => void;
  /** What the secret is called, for who can't see the field's place. */
  label: string;
  /** Offers to make one up: for secrets that the maker hands to the other side. */
  canGenerate?: boolean;
}

/** One secret: typed, generated, taken from NocoBase's variables, or already stored and then never shown. */
export function SecretField({ id, value, onChange, label, canGenerate }: SecretFieldProps) {
  const t = useT();
  const [replaced, setReplaced] = useState<SecretEntry | null>(null);
  const [generated, setGenerated] = useState('');
  const entry = toEntry(value);
  const kind = secretKind(value);
  const isUnreadable = useIsUnreadable(value);
  const write = (text: string) => {
    const { sealed: _sealed, value: _value, ...rest } = entry;
    onChange?.(text ? { ...rest, value: text } : rest);
  };

  if (kind === 'stored') {
    return (
      <Space wrap>
        {isUnreadable ? (
          <Tag icon={<WarningOutlined />} color="error" bordered={false}>
            {t('Secret unreadable')}
          </Tag>
        ) : (
          <Tag icon={<LockOutlined />} color="success" bordered={false}>
            {t('Stored, encrypted')}
          </Tag>
        )}
        <Button
          size="small"
          aria-label={t('Replace {{what}}', { what: label })}
          onClick={() => {
            setReplaced(entry);
            write('');
          }}
        >
          {t('Replace')}
        </Button>
      </Space>
    );
  }

  if (kind === 'reference') {
    return (
      <Tag
        closable
        closeIcon={<span aria-label={t('Remove {{what}}', { what: label })}>×</span>}
        onClose={() => write('')}
      >
        <code>{entry.value}</code>
      </Tag>
    );
  }

  return (
    <Flex vertical gap={4}>
      <Space.Compact block>
        <Input.Password
          id={id}
          aria-label={label}
          autoComplete="new-password"
          spellCheck={false}
          placeholder={label}
          value={entry.value ?? ''}
          onChange={(event) => write(event.target.value)}
        />
        {canGenerate ? (
          <Button
            onClick={() => {
              const secret = generateSecret();
              setGenerated(secret);
              write(secret);
            }}
          >
            {t('Generate')}
          </Button>
        ) : null}
        <EnvPicker label={t('Use a variable for {{what}}', { what: label })} onPick={write} />
        {replaced ? (
          <Button
            onClick={() => {
              onChange?.(replaced);
              setReplaced(null);
            }}
          >
            {t('Keep the stored one')}
          </Button>
        ) : null}
      </Space.Compact>
      {generated && generated === entry.value ? (
        <>
          <CodeBlock code={generated} label={t('Generated secret')} />
          <Typography.Text type="warning">{t('Copy it now: once saved, it is never shown again.')}</Typography.Text>
        </>
      ) : null}
    </Flex>
  );
}
