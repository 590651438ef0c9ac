import { Switch } from 'antd';
import { useT } from '../locale';
import { BodyFormats } from './BodyFormats';
import { BodyReading } from './BodyReading';
import { ConfigItem } from './parts/ConfigItem';

/** What a body is read as, and whether the received text is kept. */
export function BodySection() {
  const t = useT();
  return (
    <>
      <ConfigItem
        path="body.keepRaw"
        label={t('Keep the raw body')}
        valuePropName="checked"
        extra={t('Offers the received text, unparsed, as $context.rawBody.')}
      >
        <Switch />
      </ConfigItem>
      <BodyReading />
      <BodyFormats />
    </>
  );
}
