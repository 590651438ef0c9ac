import { AutoComplete, Radio, Select } from 'antd';
import { eventSourceOf, knownEvents } from '../../common/events';
import { namedVariables } from '../../common/requestVariables';
import { useT } from '../locale';
import { ConfigItem } from './parts/ConfigItem';
import { useConfig } from './useConfig';

const ALL = 'all';
const CHOSEN = 'chosen';

/** Which events start the workflow, and where a call says which it is. */
export function EventsSection() {
  const t = useT();
  const config = useConfig();
  const source = eventSourceOf(config.auth);
  return (
    <>
      <ConfigItem
        path="events"
        isGroup
        label={t('Start for')}
        extra={t('Other events are answered with 200, start nothing, and show as ignored.')}
        getValueProps={(value: string[] | null) => ({ value: value === null ? ALL : CHOSEN })}
        getValueFromEvent={({ target }: { target: { value: string } }) => (target.value === ALL ? null : [])}
      >
        <Radio.Group
          options={[
            { value: ALL, label: t('All events') },
            { value: CHOSEN, label: t('These events') },
          ]}
        />
      </ConfigItem>
      {config.events ? (
        <ConfigItem path="events" label={t('Events')} required>
          <Select
            mode="tags"
            tokenSeparators={[',']}
            placeholder={t('Choose, or type a name as the sender spells it')}
            options={knownEvents(config.auth).map((value) => ({ value, label: value }))}
          />
        </ConfigItem>
      ) : null}
      <ConfigItem
        path="eventFrom"
        label={t('Where the event stands')}
        extra={t(
          'header:…, query:…, params:…, json:… with the path in the body, form:…, or vars:… with an alias. Templates have it as $context.event.',
        )}
        getValueFromEvent={(value?: string) => value || null}
        style={{ marginBottom: 0 }}
      >
        <AutoComplete
          placeholder={source ?? 'header:x-event'}
          allowClear
          filterOption={(typed, option) => Boolean(option?.value.startsWith(typed))}
          options={namedVariables(config).map(({ alias }) => ({ value: `vars:${alias}` }))}
        />
      </ConfigItem>
    </>
  );
}
