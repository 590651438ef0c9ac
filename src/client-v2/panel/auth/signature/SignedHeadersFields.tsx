import { Flex, Form, Input, Select } from 'antd';
import type { SignatureAuth } from '../../../../common/auth';
import { useT } from '../../../locale';
import { ConfigItem } from '../../parts/ConfigItem';
import { useConfig } from '../../useConfig';

/** What `{headers}` in the signed text stands for. */
export function SignedHeadersFields() {
  const t = useT();
  const form = Form.useFormInstance();
  const { names } = (useConfig().auth as SignatureAuth).headers ?? {};
  const isListed = typeof names === 'string';
  return (
    <>
      <ConfigItem
        path="auth.headers.names"
        label={t('Signed headers')}
        required
        extra={t('Their names in order, or header:name for the header that lists them, which has to be one of them.')}
        getValueProps={(value?: string | string[]) => ({ value: [value ?? []].flat() })}
        getValueFromEvent={(values: string[]) => {
          const list = values.find((value) => value.startsWith('header:'));
          return list ?? (values.length > 0 ? values : undefined);
        }}
      >
        <Select
          mode="tags"
          open={false}
          suffixIcon={null}
          placeholder="x-date"
          // Without names there is nothing for the other settings to be about.
          onChange={(values: string[]) =>
            values.length === 0 ? form.setFieldValue(['config', 'auth', 'headers'], undefined) : undefined
          }
        />
      </ConfigItem>
      {isListed ? (
        <Flex gap="0 16px" wrap>
          <ConfigItem
            path="auth.headers.required"
            optional
            style={{ flex: '2 1 140px' }}
            label={t('Headers that must be among them')}
          >
            <Select mode="tags" open={false} suffixIcon={null} placeholder="x-date" />
          </ConfigItem>
          <ConfigItem
            path="auth.headers.split"
            optional
            style={{ flex: '1 1 140px' }}
            label={t('Between the names in the list')}
          >
            <Input placeholder="," spellCheck={false} />
          </ConfigItem>
        </Flex>
      ) : null}
      <Flex gap="0 16px" wrap>
        <ConfigItem
          path="auth.headers.between"
          optional
          style={{ flex: '1 1 140px' }}
          label={t('Between name and value')}
        >
          <Input placeholder=":" spellCheck={false} />
        </ConfigItem>
        <ConfigItem
          path="auth.headers.join"
          optional
          style={{ flex: '1 1 140px' }}
          label={t('Between headers')}
          extra={t('Empty: a line break.')}
        >
          <Input spellCheck={false} />
        </ConfigItem>
      </Flex>
    </>
  );
}
