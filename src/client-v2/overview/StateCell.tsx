import { theme, Tooltip } from 'antd';
import { Link } from 'react-router-dom';
import type { WebhookOverview } from '../../common/overview';
import { useT } from '../locale';
import { deliveriesPage, workflowPage } from '../parts/pages';
import { STATE_HINTS, STATES } from './states';

/** How a webhook stands, by an icon and words; where something is to be done, a link to the place. */
export function StateCell({ webhook }: { webhook: WebhookOverview }) {
  const t = useT();
  const { token } = theme.useToken();
  const { label, icon: Icon, tone, target } = STATES[webhook.state];
  const hint = STATE_HINTS[webhook.state];
  if (tone === null) {
    const isOn = webhook.state === 'on';
    return (
      <Tooltip title={hint && t(hint)}>
        <span style={{ color: isOn ? token.colorText : token.colorTextSecondary, whiteSpace: 'nowrap' }}>
          <Icon style={{ color: isOn ? token.colorSuccess : token.colorTextTertiary, marginInlineEnd: 6 }} />
          {t(label)}
        </span>
      </Tooltip>
    );
  }
  const to =
    target === 'workflow' && webhook.workflowId !== null
      ? workflowPage(webhook.workflowId)
      : deliveriesPage({ key: webhook.key });
  return (
    <Tooltip title={hint && t(hint)}>
      <Link
        to={to}
        style={{
          display: 'inline-flex',
          alignItems: 'center',
          gap: 6,
          padding: '0 8px',
          borderRadius: token.borderRadiusSM,
          fontSize: token.fontSizeSM,
          lineHeight: '20px',
          whiteSpace: 'nowrap',
          // antd's own tags of a warning have too little contrast.
          color: tone === 'red' ? token.red7 : token.orange8,
          background: token[`${tone}1`],
          border: `1px solid ${token[`${tone}3`]}`,
        }}
      >
        <Icon />
        {t(label)}
      </Link>
    </Tooltip>
  );
}
