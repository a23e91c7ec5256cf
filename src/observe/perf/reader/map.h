/* A hash table from positive numbers (pids, tids) to pointers; open addressing, grows as needed. */
#ifndef MAP_H
#define MAP_H
#include <stddef.h>

struct map {
  struct entry {
    int key; /* 0: free */
    void *value;
  } *entries;
  size_t size, used; /* size: a power of two, or 0 */
};

/* The value, or NULL. */
void *map_get(const struct map *map, int key);

/* Sets the value of a key. Ends the program when memory runs out. */
void map_set(struct map *map, int key, void *value);

void map_remove(struct map *map, int key);

/* Memory, zeroed. Ends the program when it runs out. */
void *allocate(size_t size);

#endif
