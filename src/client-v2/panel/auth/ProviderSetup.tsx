import { Typography, theme } from 'antd';
import type { Provider } from '../../../common/providers/provider';
import { useT } from '../../locale';

/** What to do on the provider's side, step by step. */
export function ProviderSetup({ provider }: { provider: Provider }) {
  const t = useT();
  const { token } = theme.useToken();
  return (
    <section
      aria-label={t('Setting it up at {{provider}}', { provider: provider.title })}
      style={{
        marginBottom: token.margin,
        padding: `${token.paddingXS}px ${token.paddingSM}px`,
        background: token.colorFillQuaternary,
        borderRadius: token.borderRadius,
      }}
    >
      <Typography.Text strong>{t('Setting it up at {{provider}}', { provider: provider.title })}</Typography.Text>
      <ol style={{ margin: `${token.marginXXS}px 0`, paddingInlineStart: 20 }}>
        {provider.setup.map((step) => (
          <li key={step}>{t(step)}</li>
        ))}
      </ol>
      <Typography.Link href={provider.docs} target="_blank" rel="noreferrer">
        {t('How {{provider}} signs its calls', { provider: provider.title })}
      </Typography.Link>
    </section>
  );
}
