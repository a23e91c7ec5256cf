/**
 * Makes the pictures of the README from the program as it is: `tsx scripts/pictures/make.ts [FOLDER]`. Into FOLDER,
 * if it is given, go bitmaps of these and of more scenes, to be looked at.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Resvg } from '@resvg/resvg-js'
import { others, pictures, type Scene, stage } from './scenes.ts'
import { svgOf } from './svg.ts'

const [folder] = process.argv.slice(2)

const picture = (scene: Scene) => stage(scene, ({ emulator }) => svgOf(emulator, scene.description))

function writeBitmap({ name }: Scene, svg: string): void {
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    join(folder, `${name}.png`),
    new Resvg(svg, { font: { defaultFontFamily: 'DejaVu Sans Mono' } }).render().asPng(),
  )
}

for (const scene of pictures) {
  const svg = await picture(scene)
  writeFileSync(join(import.meta.dirname, `${scene.name}.svg`), svg)
  writeBitmap(scene, svg)
}
if (folder) {
  for (const scene of others) {
    try {
      writeBitmap(scene, await picture(scene))
    } catch (error) {
      console.error(`${scene.name}: ${(error as Error).message}`)
      process.exitCode = 1
    }
  }
}
