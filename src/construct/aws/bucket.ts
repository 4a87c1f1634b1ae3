import type { Construct } from '../cdktf.ts'
import {
  S3Bucket,
  S3BucketLifecycleConfiguration,
  S3BucketOwnershipControls,
  S3BucketPolicy,
  S3BucketPublicAccessBlock,
  S3BucketServerSideEncryptionConfigurationA,
  S3BucketVersioningA,
  type KmsKey,
} from './bindings.ts'
import type { Names } from './names.ts'
import { prefixes } from './prefixes.ts'
import type { RunnerSettings } from './settings.ts'
import { denyInsecure, policyText } from './statement.ts'

/** The bucket for ledger, documents and reports: private, encrypted, every version kept for a while. */
export function createBucket(scope: Construct, settings: RunnerSettings, names: Names, key: KmsKey): S3Bucket {
  const bucket = new S3Bucket(scope, 'bucket', {
    bucket: settings.bucketName,
    lifecycle: { preventDestroy: !settings.removable },
  })
  new S3BucketOwnershipControls(scope, 'bucket-ownership', {
    bucket: bucket.id,
    rule: { objectOwnership: 'BucketOwnerEnforced' },
  })
  const closed = new S3BucketPublicAccessBlock(scope, 'bucket-closed', {
    bucket: bucket.id,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  })
  new S3BucketServerSideEncryptionConfigurationA(scope, 'bucket-encryption', {
    bucket: bucket.id,
    rule: [
      {
        applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: key.arn },
        bucketKeyEnabled: true,
      },
    ],
  })
  const versioning = new S3BucketVersioningA(scope, 'bucket-versions', {
    bucket: bucket.id,
    versioningConfiguration: { status: 'Enabled' },
  })
  new S3BucketPolicy(scope, 'bucket-policy', {
    bucket: bucket.id,
    policy: policyText(denyInsecure('s3', [names.bucketArn, names.objects('')])),
    dependsOn: [closed],
  })
  const passing = [prefixes.fleet, prefixes.reports].map(prefix => ({
    id: `${prefix.slice(0, -1)}-expire`,
    status: 'Enabled',
    filter: [{ prefix }],
    expiration: [{ days: settings.reportDays }],
  }))
  new S3BucketLifecycleConfiguration(scope, 'bucket-lifecycle', {
    bucket: bucket.id,
    rule: [
      ...passing,
      // Of the ledger and the documents, too, only what was replaced.
      {
        id: 'old-versions-expire',
        status: 'Enabled',
        filter: [{ prefix: '' }],
        noncurrentVersionExpiration: [{ noncurrentDays: settings.oldVersionDays }],
        abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
      },
    ],
    dependsOn: [versioning],
  })
  return bucket
}
