import ts from 'typescript';
import { sourceFiles, walk, where } from './sources';

/** Where a text shows: of JSX elements, and of objects that become options, items or columns. */
const VISIBLE = new Set([
  'title',
  'label',
  'placeholder',
  'extra',
  'message',
  'description',
  'tooltip',
  'aria-label',
  'addonAfter',
  'addonBefore',
]);

/** The same in every language: what goes over the wire, and names. */
const TECHNICAL = new Set([
  '{body}',
  'JSON',
  'PKCS #1 v1.5',
  'PSS',
  'header:x-delivery',
  'header:x-key-id',
  'https://hooks.example.com',
  'https://issuer.example/.well-known/jwks.json',
  'orders/:orderId',
  'repository.full_name',
  'sha256=',
  'signature',
  'text/plain',
  'whsec_',
  'x',
  'x-date',
  'x-github-event',
]);

/** Literal texts that reach the screen without being translated. */
export function untranslated(files: readonly ts.SourceFile[]): string[] {
  const found: string[] = [];
  const check = (text: string, node: ts.Node) => {
    if (/\p{L}/u.test(text) && !TECHNICAL.has(text.trim())) {
      found.push(`${where(node)} ${text.trim()}`);
    }
  };
  for (const file of files) {
    walk(file, (node) => {
      if (ts.isJsxText(node)) {
        check(node.text, node);
      } else if (ts.isJsxAttribute(node) && VISIBLE.has(node.name.getText())) {
        literals(node.initializer).forEach((literal) => check(literal.text, node));
      } else if (ts.isPropertyAssignment(node) && VISIBLE.has(node.name.getText().replace(/['"]/g, ''))) {
        literals(node.initializer).forEach((literal) => check(literal.text, node));
      }
    });
  }
  return found;
}

/** A literal as it stands, in braces, or as one side of a condition. */
function literals(node: ts.Node | undefined): ts.StringLiteralLike[] {
  if (!node) {
    return [];
  }
  if (ts.isStringLiteralLike(node)) {
    return [node];
  }
  if (ts.isJsxExpression(node)) {
    return literals(node.expression);
  }
  return ts.isConditionalExpression(node) ? [...literals(node.whenTrue), ...literals(node.whenFalse)] : [];
}

test('every text in the clients is translated', () => {
  expect(untranslated([...sourceFiles('src/client-v2'), ...sourceFiles('src/client')])).toEqual([]);
});

test('the check sees a text, an attribute, an option and a condition', () => {
  const source = `const a = <Form.Item label="Name" extra={on ? 'Yes' : t('No')}>Some text</Form.Item>; const b = { label: 'Option' };`;
  const file = ts.createSourceFile('sample.tsx', source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  expect(untranslated([file])).toEqual([
    'sample.tsx:1 Name',
    'sample.tsx:1 Yes',
    'sample.tsx:1 Some text',
    'sample.tsx:1 Option',
  ]);
});
