import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import * as layout from '../../src/observe/layout.ts'
import { compile } from '../support/compile.ts'

const SOURCE = `
#include "layout.h"
#include <stddef.h>
#include <stdio.h>
#define NUMBER(name, value) printf("\\"%s\\": \\"%llu\\",\\n", name, (unsigned long long)(value))
#define OFFSET(type, field) NUMBER(#type "." #field, offsetof(struct type, field))
int main(void) {
  printf("{");
  NUMBER("MAGIC", PROBE_MAGIC);
  NUMBER("VERSION", PROBE_VERSION);
  NUMBER("SLOT_COUNT", SLOT_COUNT);
  NUMBER("SLOT_SIZE", sizeof(struct slot));
  NUMBER("EVENT_COUNT", EVENT_COUNT);
  NUMBER("EVENT_SIZE", sizeof(struct event));
  NUMBER("FILE_SIZE", sizeof(struct probe));
  OFFSET(probe, magic); OFFSET(probe, version); OFFSET(probe, slot_offset); OFFSET(probe, slot_size);
  OFFSET(probe, slot_count); OFFSET(probe, event_offset); OFFSET(probe, event_size); OFFSET(probe, event_count);
  OFFSET(probe, head); OFFSET(probe, slots_used); OFFSET(probe, slots); OFFSET(probe, events);
  OFFSET(slot, pid); OFFSET(slot, tid); OFFSET(slot, born); OFFSET(slot, accepts); OFFSET(slot, received);
  OFFSET(slot, passed); OFFSET(slot, wakeups); OFFSET(slot, eagain); OFFSET(slot, image);
  OFFSET(slot, requests); NUMBER("slot.bytesIn", offsetof(struct slot, bytes_in));
  NUMBER("slot.bytesOut", offsetof(struct slot, bytes_out)); OFFSET(slot, serving); OFFSET(slot, waiting);
  OFFSET(slot, activity); OFFSET(slot, turns); OFFSET(slot, awaited); OFFSET(slot, open); OFFSET(slot, tenancy);
  OFFSET(connection, control); OFFSET(connection, key); OFFSET(connection, accepted);
  OFFSET(connection, pid); OFFSET(connection, tid);
  OFFSET(probe, connection_offset); OFFSET(probe, connection_size); OFFSET(probe, connection_count);
  OFFSET(probe, unfollowed); OFFSET(probe, ledger);
  NUMBER("CONNECTION_SIZE", sizeof(struct connection)); NUMBER("CONNECTION_COUNT", CONNECTION_COUNT);
  NUMBER("HAS_LEFT", HAS_LEFT);
  OFFSET(event, sequence); OFFSET(event, time); OFFSET(event, pid); OFFSET(event, kind);
  OFFSET(event, a); OFFSET(event, b); OFFSET(event, c);
  NUMBER("forked", FORKED); NUMBER("forkFailed", FORK_FAILED); NUMBER("probed", PROBED); NUMBER("exited", EXITED);
  NUMBER("reaped", REAPED); NUMBER("signalSent", SIGNAL_SENT); NUMBER("signalHandled", SIGNAL_HANDLED);
  NUMBER("resetArmed", RESET_ARMED); NUMBER("named", NAMED);
  printf("\\"end\\": \\"0\\"}");
}`

const told: Record<string, string> = JSON.parse(spawnSync(compile(SOURCE), { encoding: 'utf8' }).stdout)
const c = (name: string) => Number(told[name])

test('sizes and places are the same in C and in TypeScript', () => {
  expect(BigInt(told.MAGIC!)).toBe(layout.MAGIC)
  expect(layout.VERSION).toBe(c('VERSION'))
  expect(layout.SLOT_COUNT).toBe(c('SLOT_COUNT'))
  expect(layout.SLOT_SIZE).toBe(c('SLOT_SIZE'))
  expect(layout.EVENT_COUNT).toBe(c('EVENT_COUNT'))
  expect(layout.EVENT_SIZE).toBe(c('EVENT_SIZE'))
  expect(layout.CONNECTION_SIZE).toBe(c('CONNECTION_SIZE'))
  expect(layout.CONNECTION_COUNT).toBe(c('CONNECTION_COUNT'))
  expect(layout.CONNECTION_OFFSET).toBe(c('probe.ledger'))
  expect(layout.UNFOLLOWED_OFFSET).toBe(c('probe.unfollowed'))
  expect(layout.HAS_LEFT).toBe(c('HAS_LEFT'))
  expect(layout.FILE_SIZE).toBe(c('FILE_SIZE'))
  expect(layout.HEAD_OFFSET).toBe(c('probe.head'))
  expect(layout.SLOTS_USED_OFFSET).toBe(c('probe.slots_used'))
  expect(layout.SLOT_OFFSET).toBe(c('probe.slots'))
  expect(layout.EVENT_OFFSET).toBe(c('probe.events'))
})

test.each(Object.entries(layout.CONNECTION))('a connection has its %s at %i', (field, offset) => {
  expect(offset).toBe(c(`connection.${field}`))
})

test.each(Object.entries(layout.SLOT))('a slot has its %s at %i', (field, offset) => {
  expect(offset).toBe(c(`slot.${field}`))
})

test.each(Object.entries(layout.EVENT))('an event has its %s at %i', (field, offset) => {
  expect(offset).toBe(c(`event.${field}`))
})

test.each(Object.entries(layout.KIND))('%s is kind %i', (kind, number) => {
  expect(number).toBe(c(kind))
})

test('the header that we write says what the probe will check', () => {
  const page = layout.header()
  expect(page.readBigUInt64LE(c('probe.magic'))).toBe(BigInt(told.MAGIC!))
  const fields = [
    'version',
    'slot_offset',
    'slot_size',
    'slot_count',
    'event_offset',
    'event_size',
    'event_count',
    'connection_offset',
    'connection_size',
    'connection_count',
  ]
  expect(fields.map((field) => page.readUInt32LE(c(`probe.${field}`)))).toEqual([
    c('VERSION'),
    c('probe.slots'),
    c('SLOT_SIZE'),
    c('SLOT_COUNT'),
    c('probe.events'),
    c('EVENT_SIZE'),
    c('EVENT_COUNT'),
    c('probe.ledger'),
    c('CONNECTION_SIZE'),
    c('CONNECTION_COUNT'),
  ])
})
