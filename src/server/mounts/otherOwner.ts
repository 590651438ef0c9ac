import type { Application } from '@nocobase/server';
import { ALIAS_SEGMENT, WEBHOOKS_SEGMENT } from '../../common/plugin';
import type { RouteTable } from '../endpoints/RouteTable';
import type { WebhookTarget } from '../pipeline/types';

/**
 * Tells whether a request that leads to no webhook is for a collection or resource of the app that is called as our
 * URLs begin: `GET /api/webhooks/1` is then a record of it. A webhook with that URL comes first.
 */
export function isForOtherOwner(app: Application, routes: RouteTable): (target: WebhookTarget) => boolean {
  return ({ path, keyOnly }) => {
    const [name = ''] = (keyOnly ? ALIAS_SEGMENT : WEBHOOKS_SEGMENT).split(':');
    if (!isResource(app, name)) {
      return false;
    }
    return keyOnly ? !routes.findKey(path) : routes.find(path).length === 0;
  };
}

function isResource({ resourceManager, dataSourceManager }: Application, name: string): boolean {
  return (
    resourceManager.isDefined(name) ||
    [...dataSourceManager.dataSources.values()].some(
      (source) => source.collectionManager.hasCollection(name) || source.resourceManager.isDefined(name),
    )
  );
}
