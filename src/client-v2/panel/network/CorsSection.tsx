import { Select, Switch } from 'antd';
import type { WebhookConfig } from '../../../common/config';
import { useT } from '../../locale';
import { ConfigItem } from '../parts/ConfigItem';
import { useConfig } from '../useConfig';

/** Which web pages may call the webhook from a browser. */
export function CorsSection() {
  const t = useT();
  const { cors } = useConfig();
  return (
    <>
      <ConfigItem
        path="cors"
        isGroup
        label={t('Let web pages call it (CORS)')}
        extra={t('For calls that a page makes from a visitor’s browser. Calls from servers need nothing of this.')}
        getValueProps={(value: unknown) => ({ checked: Boolean(value) })}
        getValueFromEvent={(checked: boolean) => (checked ? newCors() : null)}
      >
        <Switch />
      </ConfigItem>
      {cors ? (
        <ConfigItem
          path="cors.origins"
          label={t('Origins')}
          required
          extra={t('Scheme, host and port of the pages, such as https://shop.example; * lets every page in.')}
        >
          <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', ' ', '\n']} />
        </ConfigItem>
      ) : null}
    </>
  );
}

function newCors(): NonNullable<WebhookConfig['cors']> {
  return { origins: [] };
}
