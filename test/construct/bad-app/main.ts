// An app whose policies are wrong: what `npm run synth` says of it is tested.
import { App, TerraformStack } from 'cdktf'
import { PosternPolicies } from '../../../src/construct/index.ts'

const app = new App()
new PosternPolicies(new TerraformStack(app, 'stack'), 'policies', { folder: process.argv[2] ?? 'policies' })
app.synth()
