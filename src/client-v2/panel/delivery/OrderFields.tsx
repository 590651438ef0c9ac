import { AutoComplete, Form, InputNumber, Radio } from 'antd';
import { namedVariables } from '../../../common/requestVariables';
import { useT } from '../../locale';
import { ConfigItem } from '../parts/ConfigItem';
import { useConfig } from '../useConfig';

type Order = 'arrival' | 'key' | 'none';

const EXAMPLE = 'json:customer.id';

/** How many run at once where somebody lets several. */
const SEVERAL = 4;

/** In which order runs go, and how many at once. */
export function OrderFields() {
  const t = useT();
  const form = Form.useFormInstance();
  const config = useConfig();
  const { concurrency, orderBy } = config;
  const order: Order = orderBy !== null ? 'key' : concurrency === 1 ? 'arrival' : 'none';
  const choose = (chosen: Order) => {
    form.setFieldValue(['config', 'orderBy'], chosen === 'key' ? '' : null);
    form.setFieldValue(['config', 'concurrency'], chosen === 'arrival' ? 1 : Math.max(concurrency, SEVERAL));
  };
  return (
    <>
      <Form.Item
        label={t('Order of runs')}
        extra={t(
          'A run counts until it has ended, also while it waits for the answer to its own HTTP request, email, script or language model; not while it waits for a person, a time or another system. Where callers wait for the run, it starts at once, in no order.',
        )}
      >
        <Radio.Group
          value={order}
          onChange={({ target }: { target: { value?: Order } }) => choose(target.value ?? 'arrival')}
          options={[
            { value: 'arrival', label: t('One after the other') },
            { value: 'key', label: t('One after the other for each …') },
            { value: 'none', label: t('Side by side') },
          ]}
        />
      </Form.Item>
      {order === 'key' ? (
        <ConfigItem
          path="orderBy"
          label={t('What those have in common that run one after the other')}
          extra={t(
            'header:…, query:…, params:…, json:… with the path in the body, form:…, vars:… with an alias, or event; fields:json:a,header:b for several together. Runs of others go side by side; so does a call that has nothing there.',
          )}
          required
        >
          <AutoComplete
            placeholder={EXAMPLE}
            filterOption={(typed, option) => Boolean(option?.value.startsWith(typed))}
            options={namedVariables(config).map(({ alias, title, path }) => ({
              value: `vars:${alias}`,
              label: `vars:${alias} (${title || path})`,
            }))}
          />
        </ConfigItem>
      ) : null}
      {order === 'arrival' ? null : (
        <ConfigItem path="concurrency" label={t('Runs at once')} required>
          <InputNumber min={order === 'none' ? 2 : 1} precision={0} />
        </ConfigItem>
      )}
    </>
  );
}
