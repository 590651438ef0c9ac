import { HIDDEN_QUERY } from '../requestLog/hiddenQuery';

/**
 * NocoBase's middlewares by their tags, ahead of which webhooks are answered. NocoBase puts behind only what is
 * named: the logger writes two lines a request, the body parser loses the bytes, and the OAuth plugin takes every
 * `Authorization` for one of its own and fails on a `Host` that it can't read.
 */
const AHEAD_OF = [
  HIDDEN_QUERY,
  'audit',
  'logger',
  'bodyParser',
  'i18n',
  'cors',
  'extractClientIp',
  'errorHandler',
  'dataWrapping',
  'dataSource',
  'idp-oauth-resource-auth',
  'idp-oauth-interaction',
  'idp-oauth-provider',
  'mcp-oauth-protected-resource',
  'mcp-unauthorized-response',
  'flow-surfaces-write-body-errors',
];

/** Where the webhooks stand in NocoBase's chain, for `app.use`. */
export const MOUNT_POINT = { after: 'generateReqId', before: AHEAD_OF };
