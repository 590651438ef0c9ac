import { join } from 'node:path';
import { rspack, type Configuration, type Stats, type StatsModule } from '@rspack/core';
import { checkDependencies } from './amd';
import type { Lane } from './externals';

/**
 * Bundles one client lane into the single AMD file that NocoBase loads; throws on what the host doesn't define.
 * @returns the files that went into it, as full paths
 */
export async function buildLane(root: string, dist: string, packageName: string, lane: Lane): Promise<string[]> {
  const inputs = await compile(configuration(root, dist, packageName, lane));
  checkDependencies(join(dist, lane.folder, 'index.js'), `${packageName}${lane.suffix}`, lane.externals);
  return inputs;
}

function configuration(
  root: string,
  dist: string,
  packageName: string,
  { folder, suffix, externals }: Lane,
): Configuration {
  return {
    mode: 'production',
    context: root,
    entry: join(root, 'src', folder, 'index.tsx'),
    target: ['web', 'es2020'],
    devtool: false,
    output: {
      path: join(dist, folder),
      filename: 'index.js',
      clean: true,
      uniqueName: `${packageName}${suffix}`,
      library: { name: `${packageName}${suffix}`, type: 'umd', umdNamedDefine: true },
    },
    resolve: { extensions: ['.tsx', '.ts', '.js'] },
    module: {
      rules: [
        {
          test: /\.tsx?$/,
          loader: 'builtin:swc-loader',
          options: {
            jsc: {
              parser: { syntax: 'typescript', tsx: true },
              transform: { react: { runtime: 'automatic' } },
              target: 'es2020',
            },
          },
        },
      ],
    },
    externals: [
      ({ request = '' }, callback) => {
        if (externals.includes(request)) {
          return callback(undefined, request);
        }
        return request.startsWith('@nocobase/')
          ? callback(new Error(`${folder}: the host does not define "${request}"`))
          : callback();
      },
    ],
    // One file: lazily loaded parts would need a public path, which the two clients set in different ways.
    plugins: [new rspack.optimize.LimitChunkCountPlugin({ maxChunks: 1 })],
    performance: { hints: false },
  };
}

function compile(config: Configuration): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const compiler = rspack(config);
    compiler.run((error, stats) => {
      const failure =
        error ?? (stats?.hasErrors() ? new Error(stats.toString({ preset: 'errors-only', colors: false })) : null);
      const inputs = stats ? inputsOf(stats) : [];
      compiler.close((closeError) => (failure || closeError ? reject(failure ?? closeError) : resolve(inputs)));
    });
  });
}

/** Modules that were joined into one stand below it. */
function inputsOf(stats: Stats): string[] {
  const files = (modules: readonly StatsModule[] = []): string[] =>
    modules.flatMap(({ nameForCondition, modules: joined }) => [nameForCondition ?? '', ...files(joined)]);
  const { modules } = stats.toJson({ all: false, modules: true, nestedModules: true, modulesSpace: Infinity });
  return files(modules).filter((file) => file !== '');
}
