import { Button, Flex, Input, Select, Typography } from 'antd';
import { VARIABLE_TYPES, type DeclaredVariable, type VariableGroup, type VariableType } from '../../../common/config';
import { text, useT } from '../../locale';

/** What a type is called; English, and the i18n keys. */
const TYPE_LABELS: Record<VariableType, string> = {
  string: text('Text'),
  number: text('Number'),
  boolean: text('True or false'),
  date: text('Date'),
  object: text('Object'),
  array: text('List'),
};

export interface VariableRowProps {
  group: VariableGroup;
  variable: DeclaredVariable;
  /** Of the row, from 1. */
  number: number;
  /** The alias that it has or should have; left out: it needs none. */
  proposed: string | undefined;
  onChange: (patch: Partial<DeclaredVariable>) => void;
}

/** One declared variable: its path, alias, title and type. */
export function VariableRow({ group, variable, number, proposed, onChange }: VariableRowProps) {
  const t = useT();
  const isMissing = variable.alias === undefined && proposed !== undefined;
  return (
    <Flex vertical gap={4}>
      <Flex gap="small" wrap>
        <Input
          style={{ flex: '4 1 140px' }}
          aria-label={t('Name of variable {{number}}', { number })}
          placeholder={group === 'headers' ? 'x-github-event' : 'repository.full_name'}
          spellCheck={false}
          value={variable.path}
          onChange={(event) => onChange({ path: event.target.value })}
          onBlur={() => {
            // Not while it is typed: a name may have spaces in it.
            if (variable.path !== variable.path.trim()) {
              onChange({ path: variable.path.trim() });
            }
          }}
        />
        <AliasInput
          label={t('Alias of variable {{number}}', { number })}
          value={variable.alias}
          isMissing={isMissing}
          onChange={(alias) => onChange({ alias })}
        />
        <Input
          style={{ flex: '3 1 90px' }}
          aria-label={t('Title of variable {{number}}', { number })}
          placeholder={t('Title, optional')}
          value={variable.title ?? ''}
          onChange={(event) => onChange({ title: event.target.value || undefined })}
        />
        <Select
          style={{ width: 120 }}
          aria-label={t('Type of variable {{number}}', { number })}
          allowClear
          placeholder={t('Any')}
          value={variable.type}
          options={VARIABLE_TYPES.map((type) => ({ value: type, label: t(TYPE_LABELS[type]) }))}
          onChange={(type?: VariableType) => onChange({ type })}
        />
      </Flex>
      {isMissing ? (
        <Flex gap="small" align="center" wrap>
          <Typography.Text type="danger">{t('No template can name this: it needs an alias.')}</Typography.Text>
          <Button size="small" onClick={() => onChange({ alias: proposed })}>
            {t('Use {{alias}}', { alias: proposed })}
          </Button>
        </Flex>
      ) : null}
    </Flex>
  );
}

interface AliasInputProps {
  label: string;
  value: string | undefined;
  /** There has to be one. */
  isMissing?: boolean;
  onChange: (alias: string | undefined) => void;
}

/** The name that a variable has in `$context.vars`. */
export function AliasInput({ label, value, isMissing, onChange }: AliasInputProps) {
  const t = useT();
  return (
    <Input
      style={{ flex: '3 1 90px' }}
      aria-label={label}
      placeholder={t('Alias')}
      spellCheck={false}
      status={isMissing ? 'error' : undefined}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value.trim() || undefined)}
    />
  );
}
