/** The parts of undici that are used, as a module of its own: a bundler gives a CommonJS package that is imported late no named exports. */
export { Agent, request } from 'undici'
