import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'

/** For esbuild: of this package's own description only the version is shipped inside a bundle. */
export const versionOnly = {
  name: 'version-only',
  setup({ onLoad }) {
    onLoad({ filter: /\bpackage\.json$/ }, async ({ path }) => {
      if (path !== resolve('package.json')) return undefined
      const { version } = JSON.parse(await readFile(path, 'utf8'))
      return { contents: JSON.stringify({ version }), loader: 'json' }
    })
  },
}
