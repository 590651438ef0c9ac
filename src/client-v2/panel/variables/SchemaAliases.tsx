import { Flex, Typography } from 'antd';
import type { VariableGroup } from '../../../common/config';
import { namedVariables } from '../../../common/requestVariables';
import { useT } from '../../locale';
import { useConfig } from '../useConfig';

/** More than these is a list that nobody reads; the pickers have all. */
const MAX_SHOWN = 20;

/** Which names of a schema no template can hold, and the aliases that were made for them. */
export function SchemaAliases({ group }: { group: VariableGroup }) {
  const t = useT();
  const config = useConfig();
  const declared = new Set(config.variables[group].map(({ path }) => path));
  const made = namedVariables(config).filter((one) => one.group === group && !declared.has(one.path));
  if (made.length === 0) {
    return null;
  }
  return (
    <Flex vertical gap={4}>
      <Typography.Text type="secondary">
        {t('The schema has names that no template can hold. They have these aliases; declare one to choose another.')}
      </Typography.Text>
      <Flex gap="small" wrap>
        {made.slice(0, MAX_SHOWN).map(({ path, alias }) => (
          <span key={path}>
            <Typography.Text code>{alias}</Typography.Text> {path}
          </span>
        ))}
        {made.length > MAX_SHOWN ? '…' : null}
      </Flex>
    </Flex>
  );
}
