import { Flex, Form, Input, Typography } from 'antd';
import type { DeclaredVariable } from '../../../common/config';
import { useT } from '../../locale';
import { declaredParams } from '../../triggerVariables';
import { ConfigItem } from '../parts/ConfigItem';
import { useConfig } from '../useConfig';
import { AliasInput } from './VariableRow';

/** The path's own parameters: variables without being declared; a title and an alias can be added. */
export function ParamRows() {
  const t = useT();
  const form = Form.useFormInstance();
  const params = declaredParams(useConfig());
  const change = (path: string, patch: Partial<DeclaredVariable>) => {
    const next = params.map((param): DeclaredVariable => (param.path === path ? { ...param, ...patch } : param));
    form.setFieldValue(
      ['config', 'variables', 'params'],
      next.filter(({ title, alias }) => title ?? alias),
    );
  };
  return (
    <Flex vertical gap="small">
      <Typography.Text type="secondary">
        {t('Every :parameter of the custom path is a variable by itself.')}
      </Typography.Text>
      {params.map(({ path, title, alias }) => (
        <Flex key={path} gap="small" align="center" wrap>
          <Typography.Text code style={{ flex: '1 1 90px' }}>
            {path}
          </Typography.Text>
          <AliasInput
            label={t('Alias of {{name}}', { name: path })}
            value={alias}
            onChange={(alias) => change(path, { alias })}
          />
          <Input
            style={{ flex: '2 1 90px' }}
            aria-label={t('Title of {{name}}', { name: path })}
            placeholder={t('Title, optional')}
            value={title ?? ''}
            onChange={(event) => change(path, { title: event.target.value || undefined })}
          />
        </Flex>
      ))}
      <ConfigItem path="variables.params" noStyle>
        <NoInput />
      </ConfigItem>
    </Flex>
  );
}

/** Registers the setting with the form; its inputs are the rows above. */
function NoInput() {
  return null;
}
