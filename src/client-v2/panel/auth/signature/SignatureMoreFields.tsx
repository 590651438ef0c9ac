import { Collapse, Flex, Form, Input, InputNumber, Select, Switch } from 'antd';
import { useT } from '../../../locale';
import { ConfigItem } from '../../parts/ConfigItem';
import type { SignatureAuth } from '../../../../common/auth';
import { HASH_ALGORITHMS } from '../../../../common/presets';
import { useConfig } from '../../useConfig';
import { keyEncodings } from './choices';

/** What only some signature schemes need. */
export function SignatureMoreFields() {
  const t = useT();
  const { kind = 'hmac', sig } = useConfig().auth as SignatureAuth;
  const encodings = keyEncodings(kind);
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
              <Flex gap="0 16px" wrap>
                <ConfigItem
                  path="auth.sig.split"
                  optional
                  style={{ flex: '1 1 140px' }}
                  label={t('Separator of several signatures')}
                >
                  <Input placeholder="," spellCheck={false} />
                </ConfigItem>
                <ConfigItem
                  path="auth.sig.strip"
                  optional
                  style={{ flex: '1 1 140px' }}
                  label={t('Text before the whole value')}
                >
                  <Input spellCheck={false} />
                </ConfigItem>
              </Flex>
              <Flex gap="0 16px" wrap>
                <ConfigItem
                  path="auth.key.enc"
                  optional
                  style={{ flex: '1 1 140px' }}
                  label={t('The secret is written as')}
                >
                  <Select
                    allowClear
                    placeholder={t(encodings[0]?.label ?? '')}
                    options={encodings.map(({ value, label }) => ({ value, label: t(label) }))}
                  />
                </ConfigItem>
                <ConfigItem
                  path="auth.key.strip"
                  optional
                  style={{ flex: '1 1 140px' }}
                  label={t('Prefix of the secret')}
                >
                  <Input placeholder="whsec_" spellCheck={false} />
                </ConfigItem>
              </Flex>
              <Flex gap="0 16px" wrap>
                <ConfigItem
                  path="auth.sig.item"
                  optional
                  style={{ flex: '1 1 140px' }}
                  label={t('Position of the signature in its list')}
                  extra={t('From 1. Empty: any that fits.')}
                >
                  <InputNumber min={1} max={20} style={{ width: '100%' }} />
                </ConfigItem>
                {kind === 'hmac' ? (
                  <ConfigItem
                    path="auth.key.hash"
                    optional
                    style={{ flex: '1 1 140px' }}
                    label={t('The key is the digest of the secret')}
                  >
                    <Select
                      allowClear
                      placeholder={t('No')}
                      options={HASH_ALGORITHMS.map((value) => ({ value, label: value.toUpperCase() }))}
                    />
                  </ConfigItem>
                ) : null}
              </Flex>
              <ConfigItem
                path="auth.sig.sets"
                optional
                label={t('Separator of several sets, each with its own time')}
                extra={t('Such as a space in t=1,v1=5f2c… t=2,v1=9a01…: any set that matches counts.')}
              >
                <Input spellCheck={false} />
              </ConfigItem>
              <PartFields />
              <ConfigItem
                path="auth.sig.json"
                optional
                label={t('The value is JSON in Base64, with the signature in the field')}
              >
                <Input placeholder="signature" spellCheck={false} />
              </ConfigItem>
              {Array.isArray(sig.from) ? (
                <ConfigItem
                  path="auth.sig.any"
                  label={t('Any of the places may match')}
                  extra={t('Off: the first of them that is there counts.')}
                  getValueProps={(value?: boolean) => ({ checked: Boolean(value) })}
                  getValueFromEvent={(checked: boolean) => checked || undefined}
                >
                  <Switch />
                </ConfigItem>
              ) : null}
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

/** `1/SHA256/9f86…`. */
const DEFAULT_PARTS: NonNullable<SignatureAuth['sig']['parts']> = { by: '/', sig: 1 };

/** Which part of an item is what, where it has parts. */
function PartFields() {
  const t = useT();
  const form = Form.useFormInstance();
  const { parts } = (useConfig().auth as SignatureAuth).sig;
  return (
    <>
      <Form.Item label={t('The signature is one part of several')} extra={t('Such as / in 1/SHA256/9f86….')}>
        <Switch
          aria-label={t('The signature is one part of several')}
          checked={parts !== undefined}
          onChange={(on) => form.setFieldValue(['config', 'auth', 'sig', 'parts'], on ? DEFAULT_PARTS : undefined)}
        />
      </Form.Item>
      {parts ? (
        <Flex gap="0 16px" wrap>
          <ConfigItem
            path="auth.sig.parts.by"
            style={{ flex: '1 1 140px' }}
            label={t('Separator within an item')}
            required
          >
            <Input placeholder="/" spellCheck={false} />
          </ConfigItem>
          <ConfigItem path="auth.sig.parts.sig" style={{ flex: '1 1 140px' }} label={t('Signature: part')} required>
            <InputNumber min={1} max={20} style={{ width: '100%' }} />
          </ConfigItem>
          <ConfigItem
            path="auth.sig.parts.key"
            optional
            style={{ flex: '1 1 140px' }}
            label={t('Name of the secret: part')}
          >
            <InputNumber min={1} max={20} style={{ width: '100%' }} />
          </ConfigItem>
          <ConfigItem path="auth.sig.parts.alg" optional style={{ flex: '1 1 140px' }} label={t('Algorithm: part')}>
            <InputNumber min={1} max={20} style={{ width: '100%' }} />
          </ConfigItem>
        </Flex>
      ) : null}
    </>
  );
}
