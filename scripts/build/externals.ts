/** What the host provides, so that it isn't bundled. Anything else that starts with `@nocobase/` fails the build. */

/** Modules that NocoBase's server brings. */
export const SERVER_EXTERNALS = ['koa', 'sequelize', 'joi', 'lodash', 'axios', 'dayjs'];

/** The server packages of NocoBase that this plugin uses; each is a peer dependency or comes with the core. */
export const SERVER_NOCOBASE = [
  '@nocobase/acl',
  '@nocobase/actions',
  '@nocobase/data-source-manager',
  '@nocobase/database',
  '@nocobase/evaluators',
  '@nocobase/logger',
  '@nocobase/plugin-file-manager',
  '@nocobase/plugin-workflow',
  '@nocobase/server',
  '@nocobase/utils',
];

/** AMD modules that both of NocoBase's clients define. */
const BOTH_LANES = [
  'react',
  'react-dom',
  'react/jsx-runtime',
  'react-router',
  'react-router-dom',
  'antd',
  'antd-style',
  '@ant-design/icons',
  '@ant-design/cssinjs',
  '@ctrl/tinycolor',
  'i18next',
  'react-i18next',
  '@dnd-kit/core',
  '@dnd-kit/sortable',
  '@formily/antd-v5',
  '@formily/core',
  '@formily/react',
  '@formily/reactive',
  '@formily/shared',
  '@emotion/css',
  'ahooks',
  'axios',
  'dayjs',
  'lodash',
  'file-saver',
  '@nocobase/utils',
  '@nocobase/utils/client',
  '@nocobase/evaluators',
  '@nocobase/evaluators/client',
  '@nocobase/flow-engine',
  '@nocobase/client-v2',
  '@nocobase/plugin-workflow/client-v2',
];

/** AMD modules that only the legacy client defines. */
const LEGACY_ONLY = [
  '@nocobase/client',
  '@nocobase/sdk',
  '@formily/json-schema',
  '@formily/path',
  '@formily/validator',
  '@formily/reactive-react',
  '@nocobase/plugin-workflow/client',
];

/** One of NocoBase's two clients, and the bundle it loads. */
export interface Lane {
  /** Folder below `src` and below `dist`. */
  folder: 'client' | 'client-v2';
  /** AMD module id below the package name; empty: the package name itself. */
  suffix: '' | '/client-v2';
  externals: readonly string[];
}

export const LANES: readonly Lane[] = [
  { folder: 'client', suffix: '', externals: [...BOTH_LANES, ...LEGACY_ONLY] },
  { folder: 'client-v2', suffix: '/client-v2', externals: BOTH_LANES },
];
