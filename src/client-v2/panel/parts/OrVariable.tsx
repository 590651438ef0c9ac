import { FormOutlined, FunctionOutlined } from '@ant-design/icons';
import type { MetaTreeNode } from '@nocobase/flow-engine';
import { WorkflowVariableInput } from '@nocobase/plugin-workflow/client-v2';
import { Button, Flex, Tooltip } from 'antd';
import { useState, type ReactNode } from 'react';
import { holdsVariable } from '../../../common/templateNames';
import { useT } from '../../locale';

export interface OrVariableProps {
  /** Given by the `Form.Item` around. */
  id?: string;
  value?: unknown;
  onChange?: (value: unknown) => void;
  variables: MetaTreeNode[];
  /** Put in place of a variable that is given up. */
  plainValue: unknown;
  /** The field for a value that is no variable; to be given these. */
  plain: (field: { id?: string; value: unknown; onChange: (value: unknown) => void }) => ReactNode;
}

/** A field of its own kind, or a variable in its place. */
export function OrVariable({ id, value, onChange = () => undefined, variables, plainValue, plain }: OrVariableProps) {
  const t = useT();
  const isVariable = typeof value === 'string' && holdsVariable(value);
  const [isWanted, setWanted] = useState(false);
  const byVariable = isVariable || isWanted;
  const change = byVariable ? t('Enter a value') : t('Use a variable');
  const turn = () => {
    setWanted(!byVariable);
    if (isVariable) {
      onChange(plainValue);
    }
  };
  return (
    <Flex gap={4}>
      <div style={{ flex: 1, minWidth: 0 }}>
        {byVariable ? (
          <WorkflowVariableInput metaTree={variables} value={isVariable ? value : ''} onChange={onChange} />
        ) : (
          plain({ id, value, onChange })
        )}
      </div>
      <Tooltip title={change}>
        <Button
          type="text"
          aria-label={change}
          icon={byVariable ? <FormOutlined /> : <FunctionOutlined />}
          onClick={turn}
        />
      </Tooltip>
    </Flex>
  );
}
