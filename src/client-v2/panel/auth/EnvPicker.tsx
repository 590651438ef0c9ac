import { FlowContextSelector, useFlowEngine, type MetaTreeNode } from '@nocobase/flow-engine';
import { Button, ConfigProvider } from 'antd';

/** Picks one of NocoBase's *Variables and secrets*; nothing is shown where that plugin is off. */
export function EnvPicker({ label, onPick }: { label: string; onPick: (reference: string) => void }) {
  const { context } = useFlowEngine();
  const { componentDisabled } = ConfigProvider.useConfig();
  const env = context.getPropertyMetaTree?.().find((node) => node.name === '$env');
  if (!env) {
    return null;
  }
  return (
    <FlowContextSelector
      metaTree={[env]}
      disabled={componentDisabled}
      onlyLeafSelectable
      formatPathToValue={toReference}
      onChange={(value) => value && onPick(value)}
    >
      <Button aria-label={label} title={label} style={{ fontStyle: 'italic', fontFamily: 'serif' }}>
        x
      </Button>
    </FlowContextSelector>
  );
}

/** The form in which the server resolves a reference: `{{$env.NAME}}`. */
function toReference({ paths }: MetaTreeNode): string {
  return paths.length > 1 ? `{{${paths.join('.')}}}` : '';
}
