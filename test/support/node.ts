/** The Node that runs the program in tests: the one that runs the tests, unless `npm run on-node` names another. */
export const node = process.env.CSDESIGN_TEST_NODE ?? process.execPath
