import { Alert, Badge, Collapse, Flex, Typography } from 'antd';
import { useState } from 'react';
import type { ConfigIssue } from '../../common/rules';
import { OpenSection } from '../deliveries/reasons/OpenSection';
import { useT } from '../locale';
import { SharedAddressWarning } from './network/SharedAddressWarning';
import { ConfigKeeper } from './parts/ConfigKeeper';
import { PANEL_SECTIONS, type PanelSection } from './sections';
import { domIdOf, useOpenSections } from './useOpenSections';
import { concerns, CurrentConfigContext, useCurrentConfig } from './useConfig';

/** The trigger's settings in the workflow editor, inside NocoBase's own form and drawer. */
export function WebhookPanel() {
  const t = useT();
  const { open, setOpen, openSection } = useOpenSections();
  const [refused, setRefused] = useState(false);
  const current = useCurrentConfig();
  const { issues } = current;

  const showRefused = (found: ConfigIssue[]) => {
    setRefused(true);
    setOpen((keys) => [...new Set([...keys, ...sectionsOf(found).map((section) => section.key)])]);
  };

  return (
    <CurrentConfigContext.Provider value={current}>
      <OpenSection.Provider value={openSection}>
        <Flex vertical gap="middle">
          <ConfigKeeper onRefused={showRefused} />
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
          <SharedAddressWarning />
          <Collapse
            activeKey={open}
            onChange={(keys) => setOpen([keys].flat())}
            items={PANEL_SECTIONS.map(({ key, title, owns, Component, Summary }) => ({
              key,
              id: domIdOf(key),
              // A field that isn't rendered is not checked on save.
              forceRender: true,
              label: <strong>{t(title)}</strong>,
              extra: issues.some((issue) => owns.some((path) => concerns(issue, path))) ? (
                <Badge status="error" text={t('Needs attention')} />
              ) : Summary && !open.includes(key) ? (
                <Typography.Text type="secondary">
                  <Summary />
                </Typography.Text>
              ) : null,
              children: <Component />,
            }))}
          />
        </Flex>
      </OpenSection.Provider>
    </CurrentConfigContext.Provider>
  );
}

function sectionsOf(issues: ConfigIssue[]): PanelSection[] {
  return PANEL_SECTIONS.filter(({ owns }) => issues.some((issue) => owns.some((path) => concerns(issue, path))));
}
