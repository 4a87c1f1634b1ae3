import manifest from '../../package.json' with { type: 'json' }

/** The version of the package. */
export const version: string = manifest.version

/** The flag that prints it: alone it is answered before anything else is loaded. */
export const versionFlag = '--version'
