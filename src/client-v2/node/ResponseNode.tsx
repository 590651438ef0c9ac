import { SendOutlined } from '@ant-design/icons';
import type {
  CanvasNode,
  NodeAvailableContext,
  UseVariableOptions,
  VariableOption,
} from '@nocobase/plugin-workflow/client-v2';
import { Instruction } from '@nocobase/plugin-workflow/client-v2';
import { TRIGGER_TYPE } from '../../common/plugin';
import { defaultResponseNode, RESPONSE_NODE_TYPE, resolveResponseNode } from '../../common/responseNode';
import { tExpr, useT } from '../locale';

/** The *Webhook response* node as both clients' workflow editors see it. */
export class ResponseNode extends Instruction {
  override title = tExpr('Webhook response');
  override type = RESPONSE_NODE_TYPE;
  override group = 'extended';
  override description = tExpr(
    'Answers the caller of the webhook at the moment this node runs. The workflow then ends, or goes on with the answer out.',
  );
  override icon = (<SendOutlined />);
  override testable = true;

  override FieldsetLoader = () =>
    import('./ResponseNodeFields').then((module) => ({ default: module.ResponseNodeFields }));

  override createDefaultConfig() {
    return { ...defaultResponseNode() };
  }

  /** Nothing can come after a node that ends the workflow. */
  override end = ({ config }: CanvasNode) => resolveResponseNode(config).endWorkflow;

  /** Only where a caller waits: in a webhook workflow that runs synchronously. */
  override isAvailable({ engine, workflow }: NodeAvailableContext): boolean {
    return (workflow as { type?: string }).type === TRIGGER_TYPE && Boolean(engine.isWorkflowSync(workflow));
  }

  /** What is known of the answer afterwards. A hook: NocoBase calls it while rendering. */
  override useVariables(
    { key, title }: CanvasNode,
    { types, fieldNames = {} }: UseVariableOptions = {},
  ): VariableOption {
    const t = useT();
    const { label = 'label', value = 'value', children = 'children' } = fieldNames;
    const results = [
      { name: 'sent', label: t('Sent'), type: 'boolean' },
      { name: 'status', label: t('Status'), type: 'number' },
      { name: 'body', label: t('Body'), type: 'string' },
    ].filter(({ type }) => !types || types.some((wanted) => wanted === type));
    return {
      [value]: key,
      [label]: title,
      [children]: results.map((result) => ({ key: result.name, [value]: result.name, [label]: result.label })),
    };
  }
}
