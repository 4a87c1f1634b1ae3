/** A text as Terraform JSON must hold it to mean just this text: there `${` and `%{` begin a template, in names of members as well. */
export const escapeTemplate = (text: string): string => text.replace(/([$%])\{/g, '$1$1{')
