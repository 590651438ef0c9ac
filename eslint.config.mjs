import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

const NODE_ONLY = { group: ['node:*', 'koa', 'koa-*', 'sequelize'], message: 'This runs in a browser.' };
const BROWSER_ONLY = {
  group: ['react', 'react-*', 'antd', 'antd/*', '@ant-design/*'],
  message: 'This runs on the server.',
};
const SERVER = { group: ['**/server', '**/server/**'], message: 'Only the server imports the server.' };
const LEGACY = {
  group: ['**/client', '**/client/**', '@nocobase/client'],
  message: 'Only the legacy client has this.',
};
const MODERN = { group: ['**/client-v2', '**/client-v2/**'], message: 'Only the clients import this.' };
const HOST = { group: ['@nocobase/*'], message: 'What all sides share does not know NocoBase.' };

/** Imports go one way: common <- server; common <- client-v2 <- client. */
const DIRECTIONS = {
  common: [NODE_ONLY, BROWSER_ONLY, SERVER, LEGACY, MODERN, HOST],
  server: [BROWSER_ONLY, LEGACY, MODERN],
  cli: [BROWSER_ONLY, LEGACY, MODERN, HOST],
  'client-v2': [NODE_ONLY, SERVER, LEGACY],
  client: [NODE_ONLY, SERVER],
};

/** The folders of the delivery core, each layer on top of those before it. Those of one layer don't know each other. */
const DELIVERY_LAYERS = [['concurrency'], ['model'], ['store'], ['execution'], ['queue', 'intake'], ['cluster']];

const STATEMENTS = {
  selector: "MemberExpression[object.property.name='sequelize'][property.name='query']",
  message: 'Statements go through SqlTable, which makes every text in them storable.',
};
const OTHER_READER = {
  selector: "NewExpression[callee.name='URLSearchParams']",
  message:
    'It reads some queries otherwise than the workflow does, so that another call could be verified than is run.',
};

function aboveLayer(folder) {
  const level = DELIVERY_LAYERS.findIndex((layer) => layer.includes(folder));
  const above = DELIVERY_LAYERS.slice(level).flat();
  const below = DELIVERY_LAYERS.slice(0, level).flat();
  const message = `${folder}/ knows only what is below it: ${below.join(', ') || 'nothing'}.`;
  return [
    { group: above.filter((other) => other !== folder).map((other) => `**/${other}/**`), message },
    { regex: '^(\\.\\./)+(compose|Deliveries)$', caseSensitive: true, message },
  ].filter(({ group }) => group?.length !== 0);
}

export default tseslint.config(
  { ignores: ['dist/', '.nocobase/', 'storage/', 'coverage/', 'test-results/'] },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strict],
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ['*.d.ts'] }, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { arguments: false, attributes: false } },
      ],
      '@typescript-eslint/no-dynamic-delete': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Control characters are what markup and databases can't hold, so the code names them.
      'no-control-regex': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  { files: ['**/*.d.ts'], rules: { '@typescript-eslint/consistent-type-imports': 'off' } },
  {
    // What meets the bytes of a request must look at each of them a bounded number of times, and so must what meets a
    // maker's or a member's text: no two parts of a pattern that can take the same characters, none that begins again.
    files: ['src/**/*.{ts,tsx}', 'scripts/**/*.ts'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': 'error',
    },
  },
  ...Object.entries(DIRECTIONS).map(([folder, patterns]) => ({
    files: [`src/${folder}/**/*.{ts,tsx}`],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] },
  })),
  ...DELIVERY_LAYERS.flat().map((folder) => ({
    files: [`src/server/deliveries/${folder}/**/*.ts`],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [...DIRECTIONS.server, ...aboveLayer(folder)] },
      ],
    },
  })),
  {
    // The one place in which texts become statements makes them such as every database takes.
    files: ['src/server/**/*.ts'],
    ignores: ['src/server/deliveries/store/SqlTable.ts'],
    rules: { 'no-restricted-syntax': ['error', STATEMENTS] },
  },
  {
    files: ['src/server/verifiers/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', STATEMENTS, OTHER_READER] },
  },
  { files: ['src/client/**/*.{ts,tsx}', 'src/client-v2/**/*.{ts,tsx}'], ...reactHooks.configs.flat.recommended },
  {
    // NocoBase's triggers and nodes call hooks in a method of a class: `useVariables`.
    files: ['src/client-v2/WebhookTrigger.tsx', 'src/client-v2/node/ResponseNode.tsx'],
    rules: { 'react-hooks/rules-of-hooks': 'off' },
  },
  {
    files: ['__tests__/**/*.{ts,tsx}'],
    rules: {
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['**/*.{js,cjs,mjs}'],
    languageOptions: {
      globals: {
        module: 'writable',
        require: 'readonly',
        process: 'readonly',
        console: 'readonly',
        __dirname: 'readonly',
      },
    },
  },
);
