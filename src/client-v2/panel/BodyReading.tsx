import { Select, Switch } from 'antd';
import { BIG_NUMBERS, CHARSETS, READ_AS, type BigNumbers, type Charset, type ReadAs } from '../../common/config';
import { findProvider } from '../../common/providers';
import { text, useT } from '../locale';
import { ConfigItem } from './parts/ConfigItem';
import { useConfig } from './useConfig';

/** English, and the i18n keys. */
const READ_AS_LABELS: Record<ReadAs, string> = {
  auto: text('What its type says'),
  json: text('JSON'),
  ndjson: text('JSON, a value a line (NDJSON)'),
  form: text('Form'),
  xml: text('XML'),
  text: text('Text'),
  bytes: text('Bytes'),
};

const BIG_NUMBER_LABELS: Record<BigNumbers, string> = {
  text: text('As text, with every digit'),
  rounded: text('Rounded'),
};

/** What a body is taken for, and what becomes of values that a workflow can't use as they are sent. */
export function BodyReading() {
  const t = useT();
  const { auth } = useConfig();
  const preset = (auth.type === 'provider' && findProvider(auth.provider)?.jsonFields) || [];
  return (
    <>
      <ConfigItem
        path="body.readAs"
        label={t('Read the body as')}
        extra={t('For senders that name no type, or a wrong one; and where the type isn’t signed.')}
      >
        <Select style={{ width: 240 }} options={READ_AS.map((value) => ({ value, label: t(READ_AS_LABELS[value]) }))} />
      </ConfigItem>
      <ConfigItem
        path="body.charset"
        label={t('Character set')}
        extra={t('For senders of texts that aren’t UTF-8 and don’t say so, or don’t sign it.')}
        getValueProps={(value: Charset | null) => ({ value: value ?? undefined })}
      >
        <Select
          style={{ width: 240 }}
          allowClear
          showSearch
          placeholder={t('What its type says')}
          options={CHARSETS.map((value) => ({ value, label: value }))}
        />
      </ConfigItem>
      <ConfigItem
        path="body.bigNumbers"
        label={t('Numbers beyond 2^53')}
        extra={t('Such as long IDs: as numbers, their last digits would be lost.')}
      >
        <Select
          style={{ width: 240 }}
          options={BIG_NUMBERS.map((value) => ({ value, label: t(BIG_NUMBER_LABELS[value]) }))}
        />
      </ConfigItem>
      <ConfigItem
        path="body.emptyAsNull"
        label={t('Empty fields are null')}
        valuePropName="checked"
        extra={t('In forms: a number or date that was left empty can then be stored.')}
      >
        <Switch />
      </ConfigItem>
      <ConfigItem
        path="body.jsonFields"
        label={t('Open JSON in fields')}
        extra={t('Names of form fields whose text is JSON: what is in it can then be used like the rest of the body.')}
        getValueProps={(value: string[] | null) => ({ value: value ?? preset })}
        getValueFromEvent={(names: string[]) => (names.join() === preset.join() ? null : names)}
      >
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',']} />
      </ConfigItem>
    </>
  );
}
