/**
 * For esbuild: what the entry of undici exports beside its client is left out. Here requests go through an `Agent`; fetch, cookies, mocks and
 * caches would make up half of what a first request loads, and make Node.js load its own copy of undici as well.
 */
export const leanUndici = {
  name: 'lean-undici',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/lib\/(?:web|mock|cache|interceptor)\// }, ({ importer }) =>
      /[\\/]undici[\\/]index\.js$/.test(importer) ? { path: 'unused', namespace: 'undici' } : undefined,
    )
    // The entry makes an instance of one of them.
    onLoad({ filter: /.*/, namespace: 'undici' }, () => ({
      contents: 'module.exports = new Proxy({}, { get: () => class {} })',
      loader: 'js',
    }))
  },
}
