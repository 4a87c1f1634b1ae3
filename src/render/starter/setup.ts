/** What the files that `init` writes depend on. */
export interface Setup {
  /** The policy folder, relative to the top of the repository, with forward slashes. */
  readonly folder: string
  /** The branch that is applied. */
  readonly branch: string
  /** The version of Postern that the jobs install. */
  readonly version: string
}

/** A text as one YAML scalar in double quotes. JSON is YAML, but for the line separators that YAML folds. */
export const yamlText = (text: string): string =>
  JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, sign => {
    return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`
  })

/** A shell command as a YAML scalar: plain where nothing in it could be taken for anything else. */
export const yamlCommand = (command: string): string =>
  /^[\w./@%+=' -]+$/.test(command) && !/^[-'%@=]| $/.test(command) ? command : yamlText(command)
