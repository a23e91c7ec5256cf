#include "map.h"
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

void *allocate(size_t size) {
  void *memory = calloc(1, size);
  if (!memory) _exit(1);
  return memory;
}

static size_t home(const struct map *map, int key) {
  return (size_t)(((uint32_t)key * 2654435769u) >> 7) & (map->size - 1);
}

/* The place of the key, or the free one where it belongs. */
static struct entry *find(const struct map *map, int key) {
  size_t i = home(map, key);
  while (map->entries[i].key && map->entries[i].key != key) i = (i + 1) & (map->size - 1);
  return &map->entries[i];
}

void *map_get(const struct map *map, int key) {
  if (map->size == 0 || key <= 0) return NULL;
  struct entry *entry = find(map, key);
  return entry->key ? entry->value : NULL;
}

static void grow(struct map *map) {
  struct map larger = {.size = map->size ? map->size * 2 : 64, .used = map->used};
  larger.entries = allocate(larger.size * sizeof *larger.entries);
  for (size_t i = 0; i < map->size; i++)
    if (map->entries[i].key) *find(&larger, map->entries[i].key) = map->entries[i];
  free(map->entries);
  *map = larger;
}

void map_set(struct map *map, int key, void *value) {
  if (key <= 0) return;
  if (map->used * 2 >= map->size) grow(map);
  struct entry *entry = find(map, key);
  if (!entry->key) map->used++;
  *entry = (struct entry){key, value};
}

void map_remove(struct map *map, int key) {
  if (map->size == 0 || key <= 0) return;
  struct entry *gap = find(map, key);
  if (!gap->key) return;
  map->used--;
  *gap = (struct entry){0};
  /* What follows the gap and belongs before it moves up, so that it is still found. */
  size_t free_at = (size_t)(gap - map->entries), i = free_at;
  for (;;) {
    i = (i + 1) & (map->size - 1);
    struct entry *entry = &map->entries[i];
    if (!entry->key) return;
    size_t distance = (i - home(map, entry->key)) & (map->size - 1);
    if (distance < ((i - free_at) & (map->size - 1))) continue;
    map->entries[free_at] = *entry;
    *entry = (struct entry){0};
    free_at = i;
  }
}
