import { stubborn } from './test/supervise/stubborn.ts'
import { launchServer } from './src/supervise/launch-server.ts'
import { findRun } from './src/supervise/find-run.ts'
const sleep=(ms:number)=>new Promise(r=>setTimeout(r,ms))
const only=process.argv[3];for (const [name,script] of Object.entries(stubborn)){
 if(only&&!name.includes(only))continue;let worst=0,left=0,n=Number(process.argv[2]??10)
 for (let i=0;i<n;i++){
  let ready=()=>{}; const r=new Promise<void>(x=>{ready=x})
  const srv=await launchServer({command:'python3',args:['-c',script],env:{},cwd:'/',name:'',host:'',port:null,emit:e=>{if(e.type==='output')ready()}})
  await r
  const t=performance.now()
  process.kill(srv.launcher!,'SIGKILL')
  await srv.gone
  worst=Math.max(worst,performance.now()-t)
  await sleep(30)
  for (let j=0;j<20;j++) if(findRun(srv.run).length){left++;console.log('LEFT');break}
 }
 console.log(name,'worst',worst.toFixed(0),'left',left)
}
