type Environment = Readonly<Record<string, string | undefined>>

/** Who made a plan, of which commit, in which CI job. */
export interface PlanOrigin {
  readonly author?: string
  readonly commit?: string
  /** The page of the CI job. */
  readonly job?: string
}

/** What a CI system tells of a job: who started it, the commit, and the page of the job. The variables are as documented in November 2026. */
interface CiSystem {
  /** The variable that only its jobs have. */
  readonly known: string
  /** Variables that name the person, not the system or the commit: whoever writes a commit chooses the author in it. */
  readonly person: string
  readonly commit: string
  readonly job: (env: Environment) => string | undefined
}

const at =
  (...names: readonly string[]) =>
  (env: Environment): readonly string[] | undefined => {
    const values = names.map(name => env[name] ?? '')
    return values.includes('') ? undefined : values
  }

const variable = (name: string) => (env: Environment) => env[name]

const systems: readonly CiSystem[] = [
  {
    // https://docs.github.com/en/actions/reference/workflows-and-actions/variables: a run that somebody repeats keeps its actor
    known: 'GITHUB_ACTIONS',
    person: 'GITHUB_ACTOR',
    commit: 'GITHUB_SHA',
    job: env => {
      const [server, repository, run] = at('GITHUB_SERVER_URL', 'GITHUB_REPOSITORY', 'GITHUB_RUN_ID')(env) ?? []
      return server === undefined ? undefined : `${server}/${repository}/actions/runs/${run}`
    },
  },
  {
    // https://docs.gitlab.com/ci/variables/predefined_variables/: who started the pipeline, or the job where it is manual
    known: 'GITLAB_CI',
    person: 'GITLAB_USER_LOGIN',
    commit: 'CI_COMMIT_SHA',
    job: variable('CI_JOB_URL'),
  },
  {
    // https://support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets/: the id of the person, in braces
    known: 'BITBUCKET_BUILD_NUMBER',
    person: 'BITBUCKET_STEP_TRIGGERER_UUID',
    commit: 'BITBUCKET_COMMIT',
    job: env => {
      const [repository, build] = at('BITBUCKET_REPO_FULL_NAME', 'BITBUCKET_BUILD_NUMBER')(env) ?? []
      return repository === undefined ? undefined : `https://bitbucket.org/${repository}/pipelines/results/${build}`
    },
  },
  {
    // https://learn.microsoft.com/azure/devops/pipelines/build/variables: the name beside it is not unique, and anybody can change theirs
    known: 'TF_BUILD',
    person: 'BUILD_REQUESTEDFOREMAIL',
    commit: 'BUILD_SOURCEVERSION',
    job: env => {
      const [server, project, build] = at('SYSTEM_COLLECTIONURI', 'SYSTEM_TEAMPROJECT', 'BUILD_BUILDID')(env) ?? []
      return server === undefined || project === undefined
        ? undefined
        : `${server}${encodeURIComponent(project)}/_build/results?buildId=${build}`
    },
  },
  {
    // https://circleci.com/docs/reference/variables/: empty for some ways of connecting a repository
    known: 'CIRCLECI',
    person: 'CIRCLE_USERNAME',
    commit: 'CIRCLE_SHA1',
    job: variable('CIRCLE_BUILD_URL'),
  },
  {
    // https://plugins.jenkins.io/build-user-vars-plugin/: only where that plugin wraps the build
    known: 'JENKINS_URL',
    person: 'BUILD_USER_ID',
    commit: 'GIT_COMMIT',
    job: variable('BUILD_URL'),
  },
]

/** Who makes a plan: as told, else as the CI system tells. The user of a machine is no proof of a person, so outside CI nobody is known unless told. */
export function planAuthor(env: Environment, told: string | undefined): PlanOrigin {
  const system = systems.find(({ known }) => ![undefined, '', 'false'].includes(env[known]?.toLowerCase()))
  const given = told?.trim()
  const author = given === undefined || given === '' ? valueOf(env, system?.person) : given
  const commit = valueOf(env, system?.commit)
  const job = system?.job(env)
  return {
    ...(author !== undefined && { author }),
    ...(commit !== undefined && { commit }),
    ...(job !== undefined && job !== '' && { job }),
  }
}

function valueOf(env: Environment, name: string | undefined): string | undefined {
  const value = name === undefined ? undefined : env[name]?.trim()
  return value === '' ? undefined : value
}
