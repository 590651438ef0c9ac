import { Alert, AutoComplete, Flex, InputNumber, Radio, Switch } from 'antd';
import type { DedupeConfig } from '../../../common/config';
import { namedVariables, placeOf } from '../../../common/requestVariables';
import { useT } from '../../locale';
import { ConfigItem } from '../parts/ConfigItem';
import { useConfig } from '../useConfig';

/** What tells a repeat: senders repeat a call whose answer they did not get. */
export function DedupeFields() {
  const t = useT();
  const config = useConfig();
  const { dedupe } = config;
  const variables = namedVariables(config);
  const place = dedupe ? placeOf(dedupe.key, variables) : undefined;
  return (
    <>
      <ConfigItem
        path="dedupe"
        isGroup
        label={t('Start once for repeated calls')}
        extra={t('A repeat is answered with what the first was answered, and starts nothing.')}
        getValueProps={(value: unknown) => ({ checked: value !== null })}
        getValueFromEvent={(checked: boolean) => (checked ? newDedupe() : null)}
      >
        <Switch />
      </ConfigItem>
      {dedupe ? (
        <Flex gap="middle" wrap>
          <ConfigItem
            path="dedupe.key"
            label={t('What repeats have in common')}
            extra={t(
              'header:…, query:…, params:…, json:… with the path in the body, form:…, vars:… with an alias, event, or body; fields:json:a,header:b for several together. Empty: the delivery ID of the service that you chose.',
            )}
            style={{ flex: 1, minWidth: 240 }}
          >
            <AutoComplete
              placeholder="header:x-delivery"
              allowClear
              filterOption={(typed, option) => Boolean(option?.value.startsWith(typed))}
              options={variables.map(({ alias, title, path }) => ({
                value: `vars:${alias}`,
                label: `vars:${alias} (${title || path})`,
              }))}
            />
          </ConfigItem>
          <ConfigItem path="dedupe.window" label={t('Known as a repeat for this many seconds')} required>
            <InputNumber min={1} precision={0} style={{ width: 140 }} />
          </ConfigItem>
        </Flex>
      ) : null}
      {dedupe ? (
        <ConfigItem
          path="dedupe.onFailed"
          label={t('A repeat of a failed run')}
          extra={t('Also of one that timed out, was interrupted or cancelled.')}
        >
          <Radio.Group
            options={[
              { value: 'rerun', label: t('Runs again') },
              { value: 'answer', label: t('Is answered the same') },
            ]}
          />
        </ConfigItem>
      ) : null}
      {place === 'header' || place === 'query' ? (
        <Alert
          type="info"
          showIcon
          style={{ marginBottom: 24 }}
          message={t('The same value with another body is answered with 409: it is no repeat.')}
        />
      ) : null}
    </>
  );
}

function newDedupe(): DedupeConfig {
  return { key: '', window: 86_400, onFailed: 'rerun' };
}
