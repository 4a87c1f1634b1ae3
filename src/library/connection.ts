/** How the organization is reached. */
export interface Connection {
  /** An organization API key. It goes to `apiUrl` only, and is in no result and no event. */
  readonly apiKey: string
  /** Stands for `https://api.atlassian.com`, which it is if left out: no path. Plain `http` is taken for this machine only. */
  readonly apiUrl?: string | undefined
  /** Where the links in console steps lead. `https://admin.atlassian.com` if left out. */
  readonly consoleUrl?: string | undefined
  /** Carries the requests instead of the network: the `fetch` of a simulator, or a scripted one. It must not follow redirects. */
  readonly fetch?: ((request: Request) => Response | Promise<Response>) | undefined
}
