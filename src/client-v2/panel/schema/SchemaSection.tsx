import { Form, Tabs } from 'antd';
import type { JsonSchema } from '../../../common/config';
import { text, useT } from '../../locale';
import { ConfigItem } from '../parts/ConfigItem';
import { JsonInput, jsonRule } from '../parts/JsonInput';
import { useConfig } from '../useConfig';
import { SchemaSample } from './SchemaSample';

/** The parts of a request that can be held to a schema, and what to know of each; English, and the i18n keys. */
const PARTS = [
  { part: 'body', label: text('Body'), hint: text('The parsed body. A call without a body has null here.') },
  {
    part: 'query',
    label: text('Query'),
    hint: text(
      'Values are texts; the types that the schema names are read from them, and the workflow still sees texts.',
    ),
  },
  {
    part: 'headers',
    label: text('Headers'),
    hint: text('Names in lower case. The types that the schema names are read from the texts.'),
  },
  {
    part: 'params',
    label: text('Path'),
    hint: text('The parameters of the custom path. The types that the schema names are read from the texts.'),
  },
] as const;

/** JSON Schemas that a call must satisfy, else it is answered with 422 and the list of what is wrong. */
export function SchemaSection() {
  const t = useT();
  const form = Form.useFormInstance();
  const config = useConfig();
  return (
    <>
      <p style={{ marginTop: 0 }}>
        {t(
          'A call that does not match is answered with 422 and a list of what is wrong. JSON Schema draft-07 or 2020-12; its properties become variables.',
        )}
      </p>
      <Tabs
        size="small"
        items={PARTS.map(({ part, label, hint }) => ({
          key: part,
          forceRender: true,
          label: config[part].schema ? `${t(label)} ✓` : t(label),
          children: (
            <>
              {part === 'body' ? (
                <SchemaSample
                  onMade={(schema: JsonSchema) => form.setFieldValue(['config', 'body', 'schema'], schema)}
                />
              ) : null}
              <ConfigItem
                path={`${part}.schema`}
                label={t('JSON Schema')}
                rules={[jsonRule(t)]}
                extra={t(hint)}
                style={{ marginBottom: 0 }}
              >
                <JsonInput />
              </ConfigItem>
            </>
          ),
        }))}
      />
    </>
  );
}
