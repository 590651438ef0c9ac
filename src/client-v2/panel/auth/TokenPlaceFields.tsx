import { Alert, Flex, Input, Radio } from 'antd';
import { text, useT } from '../../locale';
import { ConfigItem } from '../parts/ConfigItem';

export interface TokenPlaceFieldsProps {
  place: 'header' | 'query' | 'body';
  /** The body is a place too. */
  inBody?: boolean;
  /** What is said of the name of a field of the body; left out: how it goes down. */
  bodyNote?: string;
  /** What counts where no name is given; left out: a name must be given. */
  defaultName?: string;
  /** The word that counts until one is given, or is taken away; left out: none. */
  defaultScheme?: string;
}

const NAME_LABELS = { header: text('Header name'), query: text('Parameter name'), body: text('Field name') };

/** Where in a call its token stands. */
export function TokenPlaceFields({ place, inBody, bodyNote, defaultName, defaultScheme = '' }: TokenPlaceFieldsProps) {
  const t = useT();
  return (
    <>
      <ConfigItem path="auth.in" label={t('The token is in')} getValueProps={() => ({ value: place })}>
        <Radio.Group
          options={[
            { value: 'header', label: t('a header') },
            { value: 'query', label: t('a query parameter') },
            ...(inBody ? [{ value: 'body', label: t('the body') }] : []),
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
          label={t(NAME_LABELS[place])}
          extra={place === 'body' ? (bodyNote ?? t('Of a JSON body, dots go down: account.token.')) : undefined}
          required={defaultName === undefined}
          optional={defaultName !== undefined}
        >
          <Input placeholder={defaultName} spellCheck={false} />
        </ConfigItem>
        {place !== 'header' ? null : (
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
