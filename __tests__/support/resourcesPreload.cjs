/*
 * Required into a NocoBase process under test (NODE_OPTIONS): writes down every resource that NocoBase's API has, as it
 * is defined, a line of JSON each to the file `WEBHOOK_TEST_RESOURCES`: { name, actions, generic }. `generic` are the
 * actions that every resource has which doesn't leave them out: NocoBase's own, and those of its plugins.
 */
const { appendFileSync } = require('node:fs');
const Module = require('node:module');

const load = Module._load;

Module._load = function loadWatched(request, ...rest) {
  const loaded = load.call(this, request, ...rest);
  if (request === '@nocobase/resourcer') {
    Module._load = load;
    watch(loaded.ResourceManager.prototype);
  }
  return loaded;
};

function watch(prototype) {
  const { define } = prototype;
  prototype.define = function defineWatched(options) {
    const resource = define.call(this, options);
    const generic = [...this.getRegisteredHandlers().keys()];
    const line = JSON.stringify({ name: options.name, actions: [...resource.actions.keys()], generic });
    appendFileSync(process.env.WEBHOOK_TEST_RESOURCES, `${line}\n`);
    return resource;
  };
}
