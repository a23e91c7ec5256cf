// Prints how many milliseconds one fork costs a server of ours: fork(2), a child that runs some JavaScript, its exit
// and its reaping. The arguments are the addon's path and how many children.
const [addonPath, count] = process.argv.slice(2)
const module_ = { exports: {} }
process.dlopen(module_, addonPath)
const { fork, exit, waitpid } = module_.exports

const status = new Int32Array(1)
const from = performance.now()
for (let i = 0; i < Number(count); i++) {
  const pid = fork()
  if (pid === 0) exit(JSON.parse('{"code": 0}').code)
  waitpid(pid, status, 0)
}
console.log((performance.now() - from) / Number(count))
