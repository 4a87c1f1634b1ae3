import type { Route } from '../route.ts'
import { apiAccessRoutes } from './api-access.ts'
import { appRoutes } from './apps.ts'
import { authPolicyRoutes } from './auth-policy.ts'
import { directoryRoutes } from './directories.ts'
import { eventRoutes } from './events.ts'
import { groupChangeRoutes } from './group-changes.ts'
import { groupRoutes } from './groups.ts'
import { manageRoutes } from './manage.ts'
import { organizationRoutes } from './organizations.ts'
import { policyV1Routes } from './policies-v1.ts'
import { policyV2Routes } from './policies-v2.ts'
import { retiredRoutes } from './retired.ts'
import { userChangeRoutes } from './user-changes.ts'
import { userRoutes } from './users.ts'

/** Every operation of the public API. Where two paths match, the first one counts. */
export const routes: readonly Route[] = [
  ...organizationRoutes,
  ...userRoutes,
  ...userChangeRoutes,
  ...directoryRoutes,
  ...groupRoutes,
  ...groupChangeRoutes,
  ...eventRoutes,
  ...authPolicyRoutes,
  ...policyV1Routes,
  ...policyV2Routes,
  ...manageRoutes,
  ...apiAccessRoutes,
  ...appRoutes,
  ...retiredRoutes,
]
