import type { MetaTreeNode } from '@nocobase/flow-engine';
import type { VariableOption } from '@nocobase/plugin-workflow/client-v2';

/** Some options fill in their own `children` when asked. */
type LazyOption = VariableOption & { loadChildren?: (option: VariableOption) => void };

/** The options of a trigger or node in the form that variable pickers take; `root` goes before every path. */
export function toMetaTree(options: readonly VariableOption[], root: readonly string[]): MetaTreeNode[] {
  return options.map((option: LazyOption) => {
    const name = String(option.value ?? option.key);
    const paths = [...root, name];
    const node: MetaTreeNode = { name, title: String(option.label ?? name), type: '', paths };
    if (Array.isArray(option.children)) {
      node.children = toMetaTree(option.children, paths);
    } else if (option.loadChildren) {
      node.children = async () => {
        option.loadChildren?.(option);
        return toMetaTree(option.children ?? [], paths);
      };
    }
    return node;
  });
}
