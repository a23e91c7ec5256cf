// Stands in for the screen: starts a server, prints what is told of it, and waits to be killed.
import { launchServer } from '../../src/supervise/launch-server.ts'
import { harmless } from './harmless.ts'

const [command = '', ...args] = process.argv.slice(2)
const emit = (event: object) => console.log(JSON.stringify(event))
await launchServer({ ...harmless, command, args, cwd: '/', emit })
