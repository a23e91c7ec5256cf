import { models } from '../../servers/catalog.ts'

/** Every model of the catalogue, then those that an option makes another design. */
export const variants = [
  ...models.map(({ name }) => name),
  'fork --reap accept',
  'fork --reap ignore',
  'fork --reap none',
  'prefork --lock flock',
  'prefork --lock mutex',
  'prefork-epoll --exclusive',
  'prethread --lock mutex',
  'select --ports 2',
  'epoll --edge',
  'cluster --schedule none',
]
