// Builds the Terraform provider: one executable file that Node.js runs wherever it lies.
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { build } from 'esbuild'
import { generate } from 'selfsigned'
import { loadedWith } from './chunk-code.mjs'
import { packOneFile } from './pack-one-file.mjs'

export const providerEntry = 'src/terraform/main.ts'

/** What the ledger uses of the SDK: a test holds the two together. */
const usedOfS3 = ['GetObjectCommand', 'PutObjectCommand', 'S3Client', 'paginateListObjectsV2']

/** What the bill of materials has to know of how it is bundled. */
export const providerBundle = {
  // Of a CommonJS package that is loaded late, a split bundle loses the names of the exports.
  mainFields: ['module', 'main'],
  plugins: [
    {
      name: 'unused',
      setup({ onResolve, onLoad }) {
        // gRPC reads descriptions of services with it where a server tells of itself, which this one never does.
        onResolve({ filter: /^@grpc\/proto-loader$/ }, () => ({ path: 'none', namespace: 'unused' }))
        onLoad({ filter: /.*/, namespace: 'unused' }, () => ({ contents: 'module.exports = {}', loader: 'js' }))
        // All of the SDK would come along where nothing says what of it is used.
        onResolve({ filter: /^@aws-sdk\/client-s3$/ }, ({ kind }) =>
          kind === 'dynamic-import' ? { path: 's3', namespace: 'used' } : undefined,
        )
        onLoad({ filter: /.*/, namespace: 'used' }, () => ({
          contents: `export { ${usedOfS3.join(', ')} } from '@aws-sdk/client-s3'`,
          resolveDir: process.cwd(),
        }))
      },
    },
  ],
}

/** As Terraform would start it, to have compiled what that needs. */
const asTerraform = async () => ({
  TF_PLUGIN_MAGIC_COOKIE: 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2',
  PLUGIN_PROTOCOL_VERSIONS: '6',
  PLUGIN_CLIENT_CERT: (await generate([], { keyType: 'ec', algorithm: 'sha256' })).cert,
})

/** Writes the program. Its name has no extension, and no version at its end that Node.js would take for one. */
export async function buildProvider(common, file = 'dist/terraform-provider-postern') {
  const { outputFiles, metafile } = await build({
    ...common,
    // Terraform puts the file alone into a folder: what a ledger in a bucket needs has to be in it.
    external: [],
    entryPoints: { main: providerEntry },
    outdir: 'dist',
    format: 'esm',
    splitting: true,
    chunkNames: '[name]-[hash]',
    ...providerBundle,
    plugins: [...common.plugins, ...providerBundle.plugins],
    write: false,
    metafile: true,
  })
  const hot = loadedWith([providerEntry, 'src/terraform/protocol/serve.ts', 'src/terraform/provider.ts'], metafile)
  const cold = new Set(
    Object.keys(metafile.outputs)
      .filter(path => !hot.has(path))
      .map(path => basename(path)),
  )
  const chunks = new Map(outputFiles.map(({ path, text }) => [basename(path), text]))
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, await packOneFile('main.js', chunks, cold, await asTerraform()))
  await chmod(file, 0o755)
}
