/**
 * The one file that binds to cdktf. Its successor, cdktn, has the same exports: a second binding is this file with the other name.
 */
export {
  App,
  AssetType,
  Fn,
  TerraformAsset,
  TerraformOutput,
  TerraformProvider,
  TerraformResource,
  TerraformStack,
  Testing,
  Token,
} from 'cdktf'
export { Construct, type IConstruct } from 'constructs'
