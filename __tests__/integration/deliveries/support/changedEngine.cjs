// A workflow engine as another version of NocoBase may have it: it works, but a method and a function that the plugin
// leans on are not where they were. To be loaded ahead of NocoBase (`NODE_OPTIONS=--require`).
const Module = require('node:module');

const load = Module._load;

/** The engine's own dispatcher goes on as ever: it finds under another name what the plugin no longer finds. */
function moveCreateProcessor(Plugin, Dispatcher) {
  const { createProcessor } = Plugin.prototype;
  delete Plugin.prototype.createProcessor;
  Object.defineProperty(Dispatcher.prototype, 'plugin', {
    get() {
      return this.pluginOfItsOwn;
    },
    set(plugin) {
      this.pluginOfItsOwn = Object.create(plugin, { createProcessor: { value: createProcessor } });
    },
  });
}

/** NocoBase asks for it by its path, other plugins by its name. */
const ENGINE = /@nocobase\/plugin-workflow(\/dist\/server(\/index(\.js)?)?)?$/;

let changed = null;

Module._load = function (request, parent, isMain) {
  const loaded = load.call(this, request, parent, isMain);
  if (!ENGINE.test(request) || !loaded.getExecutionLockKey) {
    return loaded;
  }
  if (changed === null) {
    const file = Module._resolveFilename(request, parent, isMain);
    const dispatcher = Module.createRequire(file)(file.replace(/index\.js$/, 'Dispatcher.js'));
    moveCreateProcessor(loaded.default, dispatcher.default);
    changed = { ...loaded, default: loaded.default, getExecutionLockKey: undefined, __esModule: true };
  }
  return changed;
};
