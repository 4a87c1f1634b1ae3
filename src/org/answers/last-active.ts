import { present, textAt } from '../members.ts'
import { objectShape } from '../shape.ts'

/** When an account last used one app: up to a day late (ref 2.1). */
export interface ProductActivity {
  /** The ARI of the site. */
  readonly id?: string
  readonly key?: string
  readonly lastActive?: string
}

/** When an account was last active at all, and in which apps. Absent: never, as far as the API knows. */
export interface LastActive {
  readonly products: readonly ProductActivity[]
  readonly lastActive?: string
}

export const productActivityShape = objectShape<ProductActivity>('activity by app', activity =>
  present({
    id: textAt(activity, 'id'),
    key: textAt(activity, 'key'),
    lastActive: textAt(activity, 'last_active_timestamp') ?? textAt(activity, 'last_active'),
  }),
)

/** The activity of all apps put together. */
export function lastActiveIn(products: readonly ProductActivity[]): LastActive {
  const newest = products
    .flatMap(({ lastActive }) => lastActive ?? [])
    .sort()
    .at(-1)
  return present({ products, lastActive: newest })
}
