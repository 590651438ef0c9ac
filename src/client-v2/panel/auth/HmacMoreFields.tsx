import { Collapse, Flex, Input, Select, Switch } from 'antd';
import { useT } from '../../locale';
import { ConfigItem } from '../parts/ConfigItem';
import { SIGNATURE_ENCODINGS } from './encodings';

/** What only some signature schemes need. */
export function HmacMoreFields() {
  const t = useT();
  return (
    <Collapse
      ghost
      size="small"
      items={[
        {
          key: 'more',
          label: t('More'),
          forceRender: true,
          children: (
            <>
              <Flex gap="middle">
                <ConfigItem
                  path="auth.sig.split"
                  optional
                  style={{ flex: 1 }}
                  label={t('Separator of several signatures')}
                >
                  <Input placeholder="," spellCheck={false} />
                </ConfigItem>
                <ConfigItem path="auth.sig.strip" optional style={{ flex: 1 }} label={t('Text before the whole value')}>
                  <Input spellCheck={false} />
                </ConfigItem>
              </Flex>
              <Flex gap="middle">
                <ConfigItem path="auth.key.enc" optional style={{ flex: 1 }} label={t('The secret is written as')}>
                  <Select
                    allowClear
                    placeholder={t('Text')}
                    options={SIGNATURE_ENCODINGS.filter(({ value }) => value !== 'base64url').map(
                      ({ value, label }) => ({
                        value,
                        label: t(label),
                      }),
                    )}
                  />
                </ConfigItem>
                <ConfigItem path="auth.key.strip" optional style={{ flex: 1 }} label={t('Prefix of the secret')}>
                  <Input placeholder="whsec_" spellCheck={false} />
                </ConfigItem>
              </Flex>
              <ConfigItem
                path="auth.sig.all"
                label={t('Every signature must match')}
                extra={t('For a place in the body that holds a list of them. Off: one of them is enough.')}
                getValueProps={(value?: boolean) => ({ checked: Boolean(value) })}
                getValueFromEvent={(checked: boolean) => checked || undefined}
              >
                <Switch />
              </ConfigItem>
              <ConfigItem
                path="auth.key.idFrom"
                optional
                label={t('Where the call names its secret')}
                extra={t('Such as header:x-key-id: only the secret of that name is tried then. Empty: every one is.')}
              >
                <Input placeholder="header:x-key-id" spellCheck={false} />
              </ConfigItem>
              <ConfigItem
                path="auth.id"
                optional
                label={t('Where the delivery ID is')}
                extra={t(
                  'Such as header:x-delivery or json:id; the first that is present. Several that count together: fields:json:shop,json:id.',
                )}
              >
                <Select mode="tags" open={false} suffixIcon={null} placeholder="header:x-delivery" />
              </ConfigItem>
            </>
          ),
        },
      ]}
    />
  );
}
