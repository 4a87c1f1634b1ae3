// `npm run sbom`: writes the software bills of materials (CycloneDX 1.5) of what is shipped: of the package the packages that are really in the bundles,
// and the optional peers; of the Terraform provider, which is a file of its own, what is in it. `node scripts/sbom.mjs [--provider] [FILE]` writes one.
// The same commit makes the same bytes: a time is in it only where SOURCE_DATE_EPOCH gives one.
import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { build } from 'esbuild'
import { providerBundle, providerEntry } from './build-provider.mjs'

/** Licenses that ask for no more than a notice. A package under another one must not be bundled without somebody looking. */
const permissive = new Set(['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT'])

const shipped = {
  package: {
    name: 'postern',
    file: 'dist/sbom.cdx.json',
    entries: [
      'src/cli/main.ts',
      'src/index.ts',
      'src/simulator/index.ts',
      'src/lambda/main.ts',
      'src/construct/index.ts',
      'src/construct/aws/index.ts',
    ],
    options: {},
  },
  provider: {
    name: 'terraform-provider-postern',
    file: 'dist/terraform-provider-postern.cdx.json',
    entries: [providerEntry],
    options: providerBundle,
  },
}

const ofProvider = process.argv[2] === '--provider'
const what = shipped[ofProvider ? 'provider' : 'package']
const [file = what.file] = process.argv.slice(ofProvider ? 3 : 2)
const own = JSON.parse(await readFile('package.json', 'utf8'))
const { packages } = JSON.parse(await readFile('package-lock.json', 'utf8'))
// The provider stands alone: it has its own copy of what the package leaves to whoever installs it.
const peers = ofProvider ? [] : Object.keys(own.peerDependencies ?? {})

/** Files of the sources and of packages that leave something in a bundle, by the metafile of esbuild. */
async function bundledFiles() {
  const { metafile } = await build({
    entryPoints: what.entries,
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    splitting: true,
    minify: true,
    outdir: 'dist',
    external: peers,
    ...what.options,
    write: false,
    metafile: true,
    logLevel: 'warning',
  })
  return Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  )
}

const placeOf = path => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]

/** Packages of which code was copied into a generated source: they are imported nowhere, and shipped all the same. */
async function copiedInto(paths) {
  const texts = await Promise.all(
    paths.filter(path => path.includes('/generated/')).map(path => readFile(path, 'utf8')),
  )
  return texts.flatMap(text => [...text.matchAll(/"(node_modules\/[^"]+)"\(/g)].map(([, path]) => path))
}

function component(place, scope) {
  const { version, license, integrity = '' } = packages[place] ?? {}
  const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)
  if (version === undefined) throw new Error(`${place} is not in package-lock.json`)
  // A peer is installed by whoever uses it, and not shipped.
  if (scope === 'required' && !permissive.has(license))
    throw new Error(`${name}@${version} is under ${license ?? 'no known license'}`)
  const [algorithm, hash] = integrity.split('-')
  if (algorithm !== 'sha512') throw new Error(`${name}@${version} has no SHA-512 in package-lock.json`)
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`
  const content = Buffer.from(hash, 'base64').toString('hex')
  return {
    type: 'library',
    'bom-ref': purl,
    name,
    version,
    scope,
    hashes: [{ alg: 'SHA-512', content }],
    licenses: [{ license: { id: license } }],
    purl,
  }
}

/** Where a package finds another one: beside itself, or in a folder above. */
function found(from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const place = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`
    if (place in packages) return place
    if (folder === '' || !folder.includes('/node_modules/')) return folder === '' ? undefined : found('', name)
  }
}

const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0)
const unique = list => [...new Set(list)].sort(order)

const files = await bundledFiles()
const bundled = unique([...files, ...(await copiedInto(files))].flatMap(path => placeOf(path) ?? []))
const places = [
  ...bundled.map(place => ({ place, scope: 'required' })),
  ...peers.map(name => ({ place: `node_modules/${name}`, scope: 'optional' })),
]
const refs = new Map(places.map(({ place, scope }) => [place, component(place, scope)]))
const byRef = new Map([...refs.values()].map(each => [each['bom-ref'], each]))
const root = { type: 'application', name: what.name, version: own.version }
const rootRef = `pkg:npm/${own.name}@${own.version}`
const dependsOn = new Map([...byRef.keys()].map(ref => [ref, []]))
for (const [place, { 'bom-ref': ref }] of refs)
  for (const name of Object.keys(packages[place].dependencies ?? {}))
    dependsOn.get(ref).push(refs.get(found(place, name))?.['bom-ref'] ?? [])
const direct = { ...own.dependencies, ...own.devDependencies, ...own.peerDependencies }
const graph = [
  [rootRef, Object.keys(direct).flatMap(name => refs.get(`node_modules/${name}`)?.['bom-ref'] ?? [])],
  ...[...dependsOn].sort(([a], [b]) => order(a, b)),
]
const epoch = process.env.SOURCE_DATE_EPOCH
const content = {
  metadata: {
    ...(/^\d+$/.test(epoch ?? '') && { timestamp: new Date(Number(epoch) * 1000).toISOString() }),
    component: { ...root, 'bom-ref': rootRef, licenses: [{ license: { id: own.license } }], purl: rootRef },
  },
  components: [...byRef.values()].sort((a, b) => order(a['bom-ref'], b['bom-ref'])),
  dependencies: graph.map(([ref, list]) => ({ ref, dependsOn: unique(list.flat()) })),
}
const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex')
const uuid = hash.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-8$4-$5')
const bom = { bomFormat: 'CycloneDX', specVersion: '1.5', serialNumber: `urn:uuid:${uuid}`, version: 1, ...content }
await mkdir(dirname(file), { recursive: true })
await writeFile(file, `${JSON.stringify(bom, null, 2)}\n`)
const optional = content.components.filter(({ scope }) => scope === 'optional').length
console.log(`${file}: ${byRef.size - optional} packages bundled, ${optional} optional`)
