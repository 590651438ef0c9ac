import { Button, Flex, Form, Input, Select } from 'antd';
import { VARIABLE_TYPES, type DeclaredVariable, type VariableGroup, type VariableType } from '../../../common/config';
import { text, useT } from '../../locale';
import { ConfigItem } from '../parts/ConfigItem';
import { RowList } from '../parts/RowList';
import { CLOUD_EVENT_VARIABLES } from './cloudEvents';
import { SampleImport } from './SampleImport';
import { mergeDeclared, type Sample } from './samples';

/** What a type is called; English, and the i18n keys. */
const TYPE_LABELS: Record<VariableType, string> = {
  string: text('Text'),
  number: text('Number'),
  boolean: text('True or false'),
  date: text('Date'),
  object: text('Object'),
  array: text('List'),
};

/** The declared variables of one part of the request, typed in or read from a sample. */
export function VariableRows({ group, sample }: { group: VariableGroup; sample: Sample }) {
  const t = useT();
  const form = Form.useFormInstance();
  const name = ['config', 'variables', group];
  const cloudEvent = CLOUD_EVENT_VARIABLES[group];
  const add = (found: readonly DeclaredVariable[]) => {
    const declared = (form.getFieldValue(name) as DeclaredVariable[] | undefined) ?? [];
    form.setFieldValue(name, mergeDeclared(declared, found));
  };
  return (
    <Flex vertical gap="small">
      <Flex gap="small" wrap>
        <SampleImport sample={sample} onRead={add} />
        {cloudEvent ? (
          <Button size="small" onClick={() => add(cloudEvent)}>
            {t('Add the attributes of a CloudEvent')}
          </Button>
        ) : null}
      </Flex>
      <ConfigItem path={`variables.${group}`} style={{ marginBottom: 0 }}>
        <RowList<DeclaredVariable>
          newRow={() => ({ path: '', type: 'string' })}
          addLabel={t('Add variable')}
          rowLabel={t('variable')}
          renderRow={(variable, change, index) => (
            <Flex gap="small">
              <Input
                style={{ flex: 4 }}
                aria-label={t('Name of variable {{number}}', { number: index + 1 })}
                placeholder={group === 'headers' ? 'x-github-event' : 'repository.full_name'}
                spellCheck={false}
                value={variable.path}
                onChange={(event) => change({ path: event.target.value.trim() })}
              />
              <Input
                style={{ flex: 3 }}
                aria-label={t('Title of variable {{number}}', { number: index + 1 })}
                placeholder={t('Title, optional')}
                value={variable.title ?? ''}
                onChange={(event) => change({ title: event.target.value || undefined })}
              />
              <Select
                style={{ width: 120 }}
                aria-label={t('Type of variable {{number}}', { number: index + 1 })}
                allowClear
                placeholder={t('Any')}
                value={variable.type}
                options={VARIABLE_TYPES.map((type) => ({ value: type, label: t(TYPE_LABELS[type]) }))}
                onChange={(type?: VariableType) => change({ type })}
              />
            </Flex>
          )}
        />
      </ConfigItem>
    </Flex>
  );
}
