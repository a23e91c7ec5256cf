/** The oldest Node that runs us, as package.json says. */
const OLDEST = '20.19'

/** Why we cannot run there, in one sentence; null when we can. In words that old Nodes understand. */
export function whyUnsupported(platform: string, version: string): string | null {
  if (platform !== 'linux') return `csdesign-tui runs on Linux only, not on ${platform}.`
  const node = version.replace('v', '')
  if (isOlder(node, OLDEST))
    return `csdesign-tui needs Node ${OLDEST} or newer, not ${node}: install a newer one.`
  return null
}

function isOlder(version: string, than: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [leastMajor = 0, leastMinor = 0] = than.split('.').map(Number)
  return major < leastMajor || (major === leastMajor && minor < leastMinor)
}
