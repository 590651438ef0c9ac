import { Flex, Form, Input, Typography } from 'antd';
import type { DeclaredVariable } from '../../../common/config';
import { useT } from '../../locale';
import { declaredParams } from '../../triggerVariables';
import { ConfigItem } from '../parts/ConfigItem';
import { useConfig } from '../useConfig';

/** The path's own parameters: variables without being declared; only a title can be added. */
export function ParamRows() {
  const t = useT();
  const form = Form.useFormInstance();
  const params = declaredParams(useConfig());
  const setTitle = (path: string, title: string) => {
    const next = params.map((param): DeclaredVariable =>
      param.path === path ? { ...param, title: title || undefined } : param,
    );
    form.setFieldValue(
      ['config', 'variables', 'params'],
      next.filter((param) => param.title),
    );
  };
  return (
    <Flex vertical gap="small">
      <Typography.Text type="secondary">
        {t('Every :parameter of the custom path is a variable by itself.')}
      </Typography.Text>
      {params.map(({ path, title }) => (
        <Flex key={path} gap="small" align="center">
          <Typography.Text code style={{ flex: 1 }}>
            {path}
          </Typography.Text>
          <Input
            style={{ flex: 2 }}
            aria-label={t('Title of {{name}}', { name: path })}
            placeholder={t('Title, optional')}
            value={title ?? ''}
            onChange={(event) => setTitle(path, event.target.value)}
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
