import { Alert, Button, ConfigProvider, Flex, Form, Popconfirm, Space, Tag, Typography, theme } from 'antd';
import dayjs from 'dayjs';
import { useContext } from 'react';
import { MAX_UNCONFIRMED, type CapturedSecret } from '../../../common/capturedSecrets';
import { useT } from '../../locale';
import { CodeBlock } from '../parts/CodeBlock';
import { CapturedSecretsContext } from './useCapturedSecrets';

/** The secrets that the service handed over, for the maker to confirm: also on a version that can't be changed any more. */
export function CapturedSecrets() {
  const t = useT();
  const { secrets } = useContext(CapturedSecretsContext);
  const waiting = secrets?.filter(({ confirmedAt }) => confirmedAt === null) ?? [];
  return (
    <ConfigProvider componentDisabled={false}>
      <Form.Item label={t('Handed over by the service')}>
        <Flex vertical gap="small" role="list" aria-label={t('Handed over by the service')}>
          {waiting.length > 0 ? (
            <Alert
              type="warning"
              showIcon
              message={t(
                'Anyone can send one. It verifies nothing until you confirm it: take the one that came when you set the service up, from its address.',
              )}
            />
          ) : null}
          {waiting.length >= MAX_UNCONFIRMED ? (
            <Alert
              type="error"
              showIcon
              message={t(
                'No more than {{count}} are kept: with each that comes, an older one goes. If they keep coming, let in only the addresses of the service.',
                { count: MAX_UNCONFIRMED },
              )}
            />
          ) : null}
          {secrets?.map((secret) => (
            <Captured key={secret.id} secret={secret} />
          ))}
          {secrets?.length ? null : (
            <Typography.Text type="secondary">
              {t('Nothing yet. It appears here by itself once the service has called.')}
            </Typography.Text>
          )}
        </Flex>
      </Form.Item>
    </ConfigProvider>
  );
}

function Captured({ secret: { id, capturedAt, confirmedAt, ip, replaced, secret } }: { secret: CapturedSecret }) {
  const t = useT();
  const { token } = theme.useToken();
  const { confirm, discard } = useContext(CapturedSecretsContext);
  const time = dayjs(capturedAt).format('YYYY-MM-DD HH:mm:ss');
  return (
    <Flex
      vertical
      gap={4}
      role="listitem"
      style={{
        padding: token.paddingXS,
        border: `${token.lineWidth}px solid ${token.colorBorderSecondary}`,
        borderRadius: token.borderRadius,
      }}
    >
      <Flex gap="small" wrap align="center" justify="space-between">
        <Space size="small" wrap>
          <Tag color={confirmedAt === null ? 'warning' : 'success'} bordered={false}>
            {confirmedAt === null ? t('Not confirmed') : t('Confirmed')}
          </Tag>
          <span>
            {ip === '' ? t('{{time}}, from an unknown address', { time }) : t('{{time}}, from {{ip}}', { time, ip })}
          </span>
        </Space>
        <Space size="small">
          {confirmedAt === null ? (
            <Button size="small" type="primary" onClick={() => void confirm(id)}>
              {t('Confirm')}
            </Button>
          ) : null}
          <Popconfirm
            title={
              confirmedAt === null ? t('Discard this secret?') : t('Calls that it verifies are refused from then on.')
            }
            okText={t('Discard')}
            cancelText={t('Cancel')}
            onConfirm={() => discard(id)}
          >
            <Button size="small" danger>
              {t('Discard')}
            </Button>
          </Popconfirm>
        </Space>
      </Flex>
      {secret === null ? (
        <Typography.Text type="secondary">{t('Shown for a day after it came, and not any more.')}</Typography.Text>
      ) : (
        <CodeBlock code={secret} label={t('Captured secret')} />
      )}
      {replaced > 0 ? (
        <Typography.Text type="secondary">
          {t('It took the place of earlier ones from the same address: {{count}}.', { count: replaced })}
        </Typography.Text>
      ) : null}
    </Flex>
  );
}
