import { launchServer } from './src/supervise/launch-server.ts'
const count:Record<string,number>={}
for (let i=0;i<100;i++){
  let ready=()=>{}; const r=new Promise<void>(x=>{ready=x}); const ev:any[]=[]
  const srv=await launchServer({command:'sh',args:['-c','trap "echo bye; exit" TERM; echo ready; while :; do sleep 0.01; done'],env:{},cwd:'/',name:'',host:'',port:null,emit:e=>{ev.push(e);if(e.type==='output')ready()}})
  await r
  const t=Number(process.hrtime.bigint())/1e6
  process.kill(srv.launcher!,'SIGTERM')
  await srv.gone
  const e=ev.find(e=>e.type==='server-ended')
  const k=JSON.stringify(e.ending)+ev.some(e=>e.line==='bye'); count[k]=(count[k]??0)+1
  if(!ev.some(e=>e.line==='bye')) console.log(t,JSON.stringify(ev.slice(2)))
}
console.log(count)
