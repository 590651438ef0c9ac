import { Flex, InputNumber, Select, Switch, Typography } from 'antd';
import type { RateLimit } from '../../../common/config';
import { useT } from '../../locale';
import { useWebhookSettings } from '../../settings/useWebhookSettings';
import { ConfigItem } from '../parts/ConfigItem';
import { useConfig } from '../useConfig';

/** How many deliveries the webhook takes in a period. */
export function RateLimitSection() {
  const t = useT();
  const { rateLimit } = useConfig();
  const { settings } = useWebhookSettings();
  return (
    <>
      <ConfigItem
        path="rateLimit"
        isGroup
        label={t('Limit the rate')}
        extra={t('Only verified calls are counted. Those above the limit are answered with 429 and when to try again.')}
        getValueProps={(value: unknown) => ({ checked: Boolean(value) })}
        getValueFromEvent={(checked: boolean) => (checked ? newLimit() : null)}
      >
        <Switch />
      </ConfigItem>
      {rateLimit ? (
        <Flex gap="middle" wrap>
          <ConfigItem path="rateLimit.points" label={t('Calls')} required>
            <InputNumber min={1} precision={0} />
          </ConfigItem>
          <ConfigItem path="rateLimit.duration" label={t('In this many seconds')} required>
            <InputNumber min={1} precision={0} />
          </ConfigItem>
          <ConfigItem
            path="rateLimit.per"
            label={t('Counted')}
            getValueProps={(value: RateLimit['per']) => ({ value: value ?? 'webhook' })}
          >
            <Select
              style={{ minWidth: 200 }}
              options={[
                { value: 'webhook', label: t('For all callers together') },
                { value: 'address', label: t('For each address by itself') },
              ]}
            />
          </ConfigItem>
        </Flex>
      ) : null}
      {rateLimit && settings ? (
        <Typography.Paragraph type="secondary">
          {settings.rateLimitStore === 'redis'
            ? t('Counted in Redis, for all instances together.')
            : t('Counted by each instance for itself, as NocoBase has no Redis connection.')}
        </Typography.Paragraph>
      ) : null}
    </>
  );
}

function newLimit(): RateLimit {
  return { points: 60, duration: 60 };
}
