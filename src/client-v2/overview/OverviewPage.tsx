import { SearchOutlined } from '@ant-design/icons';
import { useFlowEngine } from '@nocobase/flow-engine';
import { Alert, Button, Card, Empty, Flex, Input, Segmented, Skeleton, Table } from 'antd';
import { useMemo, useState } from 'react';
import { Link } from 'react-router-dom';
import { Legend } from '../charts/Legend';
import { text, useT } from '../locale';
import { WORKFLOWS_PAGE } from '../parts/pages';
import { overviewColumns } from './columns';
import { GROUPS, isFound, isIn, type Group } from './select';
import { useOverview } from './useOverview';

const LABELS: Record<Group, string> = {
  all: text('All {{count}}'),
  toDo: text('To do {{count}}'),
  off: text('Off {{count}}'),
};

/** So many at once; more are on pages of their own. */
const PAGE_SIZE = 50;

/** All webhooks, as a page of NocoBase's settings: which of them need somebody, and how much each is called. */
export default function OverviewPage() {
  const t = useT();
  const { language } = useFlowEngine().context.app.i18n;
  const { overview, hasFailed, reload } = useOverview();
  const [search, setSearch] = useState('');
  const [group, setGroup] = useState<Group>('all');
  const webhooks = useMemo(() => overview?.webhooks ?? [], [overview]);
  const columns = useMemo(
    () => overview && overviewColumns({ t, now: overview.now, language, onChanged: reload }),
    [overview, t, language, reload],
  );
  const shown = webhooks.filter((webhook) => isIn(group, webhook) && isFound(webhook, search));
  if (!overview || !columns) {
    return (
      <Card variant="borderless">
        {hasFailed ? <NotLoaded onAgain={reload} /> : <Skeleton active paragraph={{ rows: 8 }} />}
      </Card>
    );
  }
  return (
    <Card variant="borderless">
      <Flex vertical gap="middle">
        {hasFailed ? <NotLoaded onAgain={reload} /> : null}
        <Flex gap="middle" align="center" wrap>
          <Input
            allowClear
            prefix={<SearchOutlined />}
            style={{ width: 264 }}
            aria-label={t('Name, service, event or path')}
            placeholder={t('Name, service, event or path')}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
          <Segmented
            value={group}
            onChange={(value) => setGroup(value)}
            options={GROUPS.map((value) => ({
              value,
              label: t(LABELS[value], { count: webhooks.filter((webhook) => isIn(value, webhook)).length }),
            }))}
          />
          <div style={{ marginInlineStart: 'auto' }}>
            <Legend />
          </div>
        </Flex>
        <Table
          size="small"
          rowKey="key"
          columns={columns}
          dataSource={shown}
          scroll={{ x: 1_060 }}
          pagination={{ pageSize: PAGE_SIZE, hideOnSinglePage: true, showSizeChanger: false }}
          locale={{
            emptyText:
              webhooks.length === 0 ? (
                <Empty image={null} description={t('No webhook yet: a workflow that starts with one makes it.')}>
                  <Link to={WORKFLOWS_PAGE}>{t('Go to the workflows')}</Link>
                </Empty>
              ) : (
                t('No webhook is like this.')
              ),
          }}
        />
        {overview.count > webhooks.length ? (
          <Alert
            type="info"
            message={t('These are the first {{shown}} of {{count}} webhooks, by title.', {
              shown: webhooks.length,
              count: overview.count,
            })}
          />
        ) : null}
      </Flex>
    </Card>
  );
}

function NotLoaded({ onAgain }: { onAgain: () => void }) {
  const t = useT();
  return (
    <Alert
      type="error"
      showIcon
      message={t('The webhooks could not be loaded.')}
      action={<Button onClick={onAgain}>{t('Try again')}</Button>}
    />
  );
}
