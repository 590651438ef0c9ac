import { Button, Flex, Form } from 'antd';
import type { DeclaredVariable, VariableGroup } from '../../../common/config';
import { withAliases } from '../../../common/requestVariables';
import { useT } from '../../locale';
import { ConfigItem } from '../parts/ConfigItem';
import { RowList } from '../parts/RowList';
import { useConfig } from '../useConfig';
import { CLOUD_EVENT_VARIABLES } from './cloudEvents';
import { SampleImport } from './SampleImport';
import { mergeDeclared, type Sample } from './samples';
import { SchemaAliases } from './SchemaAliases';
import { VariableRow } from './VariableRow';

/** The declared variables of one part of the request, typed in or read from a sample. */
export function VariableRows({ group, sample }: { group: VariableGroup; sample: Sample }) {
  const t = useT();
  const form = Form.useFormInstance();
  const config = useConfig();
  const name = ['config', 'variables', group];
  const proposed = withAliases(config)[group];
  const cloudEvent = CLOUD_EVENT_VARIABLES[group];
  const add = (found: readonly DeclaredVariable[]) => {
    const declared = (form.getFieldValue(name) as DeclaredVariable[] | undefined) ?? [];
    const variables = { ...config.variables, [group]: mergeDeclared(declared, found) };
    form.setFieldValue(name, withAliases({ ...config, variables })[group]);
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
            <VariableRow
              group={group}
              variable={variable}
              number={index + 1}
              proposed={proposed[index]?.alias}
              onChange={change}
            />
          )}
        />
      </ConfigItem>
      <SchemaAliases group={group} />
    </Flex>
  );
}
