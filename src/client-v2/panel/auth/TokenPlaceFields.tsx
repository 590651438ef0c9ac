import { Alert, Flex, Input, Radio } from 'antd';
import { useT } from '../../locale';
import { ConfigItem } from '../parts/ConfigItem';

export interface TokenPlaceFieldsProps {
  place: 'header' | 'query';
  /** What counts where no name is given; left out: a name must be given. */
  defaultName?: string;
  /** Shown where no word is given. */
  schemeHint?: string;
}

/** Where in a call its token stands. */
export function TokenPlaceFields({ place, defaultName, schemeHint }: TokenPlaceFieldsProps) {
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
          <ConfigItem path="auth.scheme" optional style={{ flex: 1 }} label={t('Word before the token')}>
            <Input placeholder={schemeHint} spellCheck={false} />
          </ConfigItem>
        )}
      </Flex>
    </>
  );
}
