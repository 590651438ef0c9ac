import { Input, Switch } from 'antd';
import { useT } from '../locale';
import { BodyFormats } from './BodyFormats';
import { BodyReading } from './BodyReading';
import { ConfigItem } from './parts/ConfigItem';
import { useConfig } from './useConfig';

/** How much of a body the webhook takes, and whether the received text is kept. */
export function BodySection() {
  const t = useT();
  return (
    <>
      <ConfigItem
        path="body.maxSize"
        label={t('Largest body')}
        extra={t('A number with b, kb or mb. A larger body is answered with 413.')}
      >
        <Input style={{ width: 160 }} spellCheck={false} />
      </ConfigItem>
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

export function BodySummary() {
  return <>{useConfig().body.maxSize}</>;
}
