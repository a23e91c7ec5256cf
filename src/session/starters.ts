export type Starters = Awaited<ReturnType<typeof loadStarters>>

/** What starts processes. A screen is drawn before there is any to start, and sooner without it. */
export async function loadStarters() {
  const [{ launchServer }, { startGenerator }, { startLoad }] = await Promise.all([
    import('../supervise/launch-server.ts'),
    import('../supervise/start-generator.ts'),
    import('../load/start-load.ts'),
  ])
  return { launchServer, startGenerator, startLoad }
}
