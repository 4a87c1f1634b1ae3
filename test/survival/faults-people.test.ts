import { faults } from './faults-suite.ts'

faults(['moves', 'access'])
