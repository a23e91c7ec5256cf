/* Follows the watched tree through the samples, and tells what happens in it. */
#ifndef FOLLOW_H
#define FOLLOW_H
#include "sample.h"

/* Takes the samples up to `until` in the order of their time; returns how many remain, moved to the front. */
unsigned follow(struct sample *samples, unsigned count, uint64_t until);

#endif
