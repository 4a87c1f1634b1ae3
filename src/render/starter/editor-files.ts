/** Settings for VS Code: the schema of the documents for every file of the folder, where its language server for YAML is installed. */
export const vscodeSettings = (folder: string): string =>
  `${JSON.stringify({ 'yaml.schemas': { [`./${folder}/policy.schema.json`]: `${folder}/**/*.yaml` } }, null, 2)}\n`

/** The extension that reads those settings. */
export const vscodeExtensions = `${JSON.stringify({ recommendations: ['redhat.vscode-yaml'] }, null, 2)}\n`
