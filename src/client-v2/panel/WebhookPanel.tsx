import { useFlowEngine } from '@nocobase/flow-engine';
import { useCurrentWorkflowContext } from '@nocobase/plugin-workflow/client-v2';
import { Alert, Collapse, Flex, Typography } from 'antd';
import { useState } from 'react';
import type { ConfigIssue } from '../../common/rules';
import { useT } from '../locale';
import { ExecutedBar } from './ExecutedBar';
import { GroupHeader } from './GroupHeader';
import { PANEL_GROUPS, type PanelGroup } from './groups';
import { ConfigKeeper } from './parts/ConfigKeeper';
import { Section } from './parts/Section';
import { concerns, CurrentConfigContext, useCurrentConfig } from './useConfig';
import { useWorkflowNodes, WorkflowNodesContext } from './useWorkflowNodes';
import { Warnings } from './warnings/Warnings';

/** The trigger's settings in the workflow editor, inside NocoBase's own form and drawer. */
export function WebhookPanel() {
  const t = useT();
  const { i18n } = useFlowEngine().context.app;
  const { sync } = useCurrentWorkflowContext();
  const [open, setOpen] = useState(PANEL_GROUPS.filter(({ isOpen }) => isOpen).map(({ key }) => key));
  const [refused, setRefused] = useState(false);
  const current = useCurrentConfig();
  const nodes = useWorkflowNodes();
  const { config, issues } = current;
  const summaryInput = { config, t, language: i18n?.language, isSync: Boolean(sync) };

  const showRefused = (found: ConfigIssue[]) => {
    setRefused(true);
    setOpen((keys) => [...new Set([...keys, ...groupsOf(found).map(({ key }) => key)])]);
  };

  return (
    <CurrentConfigContext.Provider value={current}>
      <WorkflowNodesContext.Provider value={nodes}>
        <Flex vertical gap="middle">
          <ConfigKeeper onRefused={showRefused} />
          <ExecutedBar />
          {refused && issues.length > 0 ? (
            <Alert
              type="error"
              showIcon
              message={t('Some settings need your attention.')}
              description={
                <ul style={{ margin: 0, paddingInlineStart: 20 }}>
                  {issues.map((issue) => (
                    <li key={`${issue.path} ${issue.message}`}>
                      <Typography.Text code>{issue.path}</Typography.Text> {t(issue.message, issue.values)}
                    </li>
                  ))}
                </ul>
              }
            />
          ) : null}
          <Warnings />
          <Collapse
            activeKey={open}
            onChange={(keys) => setOpen([keys].flat())}
            items={PANEL_GROUPS.map((group) => ({
              key: group.key,
              // A field that isn't rendered is not checked on save.
              forceRender: true,
              label: (
                <GroupHeader
                  title={t(group.title)}
                  isWrong={isConcerned(group, issues)}
                  summary={open.includes(group.key) ? null : group.summary(summaryInput)}
                />
              ),
              children: group.sections.map(({ title, Component }) => (
                <Section key={title} title={t(title)}>
                  <Component />
                </Section>
              )),
            }))}
          />
        </Flex>
      </WorkflowNodesContext.Provider>
    </CurrentConfigContext.Provider>
  );
}

function groupsOf(issues: ConfigIssue[]): PanelGroup[] {
  return PANEL_GROUPS.filter((group) => isConcerned(group, issues));
}

function isConcerned({ sections }: PanelGroup, issues: ConfigIssue[]): boolean {
  return sections.some(({ owns }) => issues.some((issue) => owns.some((path) => concerns(issue, path))));
}
