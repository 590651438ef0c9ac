import { Alert, Flex, Input, Radio } from 'antd';
import { useT } from '../../locale';
import { ConfigItem } from '../parts/ConfigItem';

export interface TokenPlaceFieldsProps {
  place: 'header' | 'query';
  /** What counts where no name is given; left out: a name must be given. */
  defaultName?: string;
  /** The word that counts until one is given, or is taken away; left out: none. */
  defaultScheme?: string;
}

/** Where in a call its token stands. */
export function TokenPlaceFields({ place, defaultName, defaultScheme = '' }: TokenPlaceFieldsProps) {
  const t = useT();
  return (
    <>
      <ConfigItem path="auth.in" label={t('The token is in')} getValueProps={() => ({ value: place })}>
        <Radio.Group
          options={[
            { value: 'header', label: t('a header') },
            { value: 'query', label: t('a query parameter') },
          ]}
        />
      </ConfigItem>
      {place === 'query' ? (
        <Alert
          type="info"
          showIcon
          style={{ marginBottom: 16 }}
          message={t('URLs end up in the logs of servers on the way. Prefer a header where the sender can set one.')}
        />
      ) : null}
      <Flex gap="middle">
        <ConfigItem
          path="auth.name"
          style={{ flex: 1 }}
          label={place === 'query' ? t('Parameter name') : t('Header name')}
          required={defaultName === undefined}
          optional={defaultName !== undefined}
        >
          <Input placeholder={defaultName} spellCheck={false} />
        </ConfigItem>
        {place === 'query' ? null : (
          <ConfigItem
            path="auth.scheme"
            style={{ flex: 1 }}
            label={t('Word before the token')}
            extra={t('Empty: the token stands alone.')}
            getValueProps={(value?: string) => ({ value: value ?? defaultScheme })}
          >
            <Input spellCheck={false} />
          </ConfigItem>
        )}
      </Flex>
    </>
  );
}
