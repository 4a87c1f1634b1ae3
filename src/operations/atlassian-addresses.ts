/** Where Atlassian answers, where nothing else is said (ref 1, 5). */
export const atlassianApi = 'https://api.atlassian.com'

/** Where people set what no API does. */
export const atlassianConsole = 'https://admin.atlassian.com'
