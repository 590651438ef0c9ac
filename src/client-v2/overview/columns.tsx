import { Flex, type TableColumnsType, Tooltip, Typography } from 'antd';
import dayjs from 'dayjs';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { MAX_WAITING, WEBHOOK_STATES, type WebhookOverview } from '../../common/overview';
import { showDuration, showTime } from '../deliveries/columns';
import { Sparkline } from '../charts/Sparkline';
import type { Translate } from '../locale';
import { ago, lasting } from '../parts/ago';
import { deliveriesPage, workflowPage } from '../parts/pages';
import { PauseSwitch } from './PauseSwitch';
import { errorShare } from './select';
import { eventsOf, serviceOf } from './service';
import { StateCell } from './StateCell';

/** From this share on errors are set off. */
const MANY_ERRORS = 0.05;

export interface OverviewColumnsParts {
  t: Translate;
  /** Milliseconds since 1970. */
  now: number;
  /** The reader's. */
  language: string | undefined;
  onChanged: () => void;
}

/** The columns of the page of all webhooks. */
export function overviewColumns(parts: OverviewColumnsParts): TableColumnsType<WebhookOverview> {
  const { t, now, language, onChanged } = parts;
  const bySize = (of: (webhook: WebhookOverview) => number | null) => (a: WebhookOverview, b: WebhookOverview) =>
    (of(a) ?? -1) - (of(b) ?? -1);
  return [
    {
      key: 'title',
      title: t('Webhook'),
      sorter: (a, b) => a.title.localeCompare(b.title),
      render: (_value, webhook) => <Name webhook={webhook} t={t} />,
    },
    {
      key: 'state',
      title: t('State'),
      width: 190,
      sorter: (a, b) => WEBHOOK_STATES.indexOf(a.state) - WEBHOOK_STATES.indexOf(b.state),
      render: (_value, webhook) => <StateCell webhook={webhook} />,
    },
    {
      key: 'bars',
      title: t('Last 24 hours'),
      width: 160,
      render: (_value, webhook) => (
        <Sparkline
          bars={webhook.bars.map(([accepted, refused, failed]) => ({ accepted, refused, failed }))}
          label={t('{{calls}} calls within a day, {{refused}} of them refused; {{failed}} runs failed', {
            calls: webhook.calls,
            refused: webhook.refused,
            failed: webhook.failed,
          })}
          isMuted={webhook.state === 'paused'}
        />
      ),
    },
    {
      key: 'calls',
      title: t('Calls a day'),
      width: 104,
      align: 'right',
      sorter: bySize(({ calls }) => calls),
      render: (_value, { calls }) => (calls === 0 ? <Dash /> : <Digits>{calls.toLocaleString()}</Digits>),
    },
    {
      key: 'errors',
      title: t('Errors'),
      width: 90,
      align: 'right',
      defaultSortOrder: 'descend',
      sorter: bySize(errorShare),
      render: (_value, webhook) => <Errors webhook={webhook} t={t} />,
    },
    {
      key: 'p95',
      title: t('p95'),
      width: 90,
      align: 'right',
      sorter: bySize(({ p95 }) => p95),
      render: (_value, { p95 }) => (p95 === null ? <Dash /> : <Digits>{showDuration(p95)}</Digits>),
    },
    {
      key: 'last',
      title: t('Last call'),
      width: 112,
      align: 'right',
      sorter: bySize(({ lastCallAt }) => lastCallAt),
      render: (_value, { lastCallAt: at }) =>
        at === null ? (
          <Dash />
        ) : (
          <Tooltip title={showTime(dayjs(at).toISOString())}>
            <Digits>{ago(at, now, language)}</Digits>
          </Tooltip>
        ),
    },
    {
      key: 'waiting',
      title: t('Oldest waiting'),
      width: 120,
      align: 'right',
      sorter: bySize(({ oldestWaitingAt }) => (oldestWaitingAt === null ? null : -oldestWaitingAt)),
      render: (_value, webhook) => <Waiting webhook={webhook} parts={parts} />,
    },
    {
      key: 'running',
      title: t('Running'),
      width: 90,
      align: 'right',
      render: (_value, webhook) =>
        webhook.paused === null ? <Dash /> : <PauseSwitch webhook={webhook} onChanged={onChanged} />,
    },
  ];
}

function Name({ webhook, t }: { webhook: WebhookOverview; t: Translate }) {
  const { title, workflowId, key } = webhook;
  const facts = [serviceOf(webhook, t), eventsOf(webhook, t)].filter((fact) => fact !== '');
  return (
    <Flex vertical>
      {workflowId === null ? (
        <Typography.Text ellipsis>{title}</Typography.Text>
      ) : (
        <Link to={workflowPage(workflowId)}>{title}</Link>
      )}
      <Typography.Text type="secondary" style={{ fontSize: 12 }} ellipsis>
        {facts.join(' · ')}
        {facts.length > 0 ? ' · ' : ''}
        <Link to={deliveriesPage({ key })}>{t('Deliveries')}</Link>
      </Typography.Text>
    </Flex>
  );
}

function Errors({ webhook, t }: { webhook: WebhookOverview; t: Translate }) {
  const share = errorShare(webhook);
  if (share === null) {
    return <Dash />;
  }
  const { refused, failed, unverified } = webhook;
  return (
    <Tooltip
      title={t('{{refused}} refused, {{unverified}} of them never verified; {{failed}} runs failed', {
        refused,
        unverified,
        failed,
      })}
    >
      <Typography.Text
        type={share === 0 ? 'secondary' : share > MANY_ERRORS ? 'danger' : undefined}
        strong={share > MANY_ERRORS}
      >
        <Digits>{share.toLocaleString(undefined, { style: 'percent', maximumFractionDigits: 1 })}</Digits>
      </Typography.Text>
    </Tooltip>
  );
}

function Waiting({ webhook, parts }: { webhook: WebhookOverview; parts: OverviewColumnsParts }) {
  const { waiting, oldestWaitingAt: oldest, key } = webhook;
  const { t, now, language } = parts;
  if (waiting === 0 || oldest === null) {
    return <Dash />;
  }
  const count = waiting >= MAX_WAITING ? `${MAX_WAITING.toLocaleString()}+` : waiting.toLocaleString();
  return (
    <Flex vertical align="end">
      <Typography.Text strong>
        <Digits>{lasting(Math.max(0, now - oldest), language)}</Digits>
      </Typography.Text>
      <Link to={deliveriesPage({ key, statuses: 'received' })} style={{ fontSize: 12 }}>
        {t('{{count}} calls', { count })}
      </Link>
    </Flex>
  );
}

/** Digits that stand under one another. */
function Digits({ children }: { children: ReactNode }) {
  return <span style={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>{children}</span>;
}

/** Nothing: there is no number. */
function Dash() {
  return (
    <Typography.Text type="secondary" aria-hidden>
      –
    </Typography.Text>
  );
}
