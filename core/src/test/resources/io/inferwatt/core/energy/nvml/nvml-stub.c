/*
 * Stands in for NVIDIA's management library: same names, types and layouts, GPUs that draw what a script says.
 * cc -shared -fPIC -o libnvidia-ml.so.1 nvml-stub.c
 *
 * The script is a file beside the library, its name with ".state" appended: 1024 numbers of 64 bits, which a test
 * changes at any time and the library maps. Without the file one GPU draws 100 W.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum { SLOTS = 1024, GPUS_AT = 128, GPU_SLOTS = 64, PROCESSES_AT = 32, PROCESS_SLOTS = 4 };
enum { INIT_RC, COUNT, CLIENTS, INITS, FORGOTTEN, CLOCK_US, CALLS, SHUTDOWNS, SAMPLE_US, PROCESSES };
enum { LOST_RC, ENERGY_RC, FIELD_ENERGY_RC, INSTANT_RC, MODULE_RC, POWER_RC, MEAN_RC, LIMIT_MW, MIG, PROCESS_RC,
       POWER_MW, BASE_UJ, SINCE_US, OLD_BASE_UJ, OLD_SINCE_US, OLD_POWER_MW, INTERVAL_US, RING_US };
enum { OK = 0, UNINITIALIZED = 1, INVALID = 2, NOT_SUPPORTED = 3, NOT_FOUND = 6, TOO_SMALL = 7 };

/* Sample times are those of a clock since 1970. */
static const int64_t EPOCH_US = 1700000000000000LL;

struct utilization { unsigned gpu, memory; };
struct sample { unsigned pid; unsigned long long us; unsigned sm, memory, encoder, decoder; };
struct field { unsigned id, scope; long long us, latency; int type, rc; union { double d; unsigned u; unsigned long long ull; } value; };
struct pci { char legacy[16]; unsigned domain, bus, device, id, subsystem; char bus_id[32]; };
_Static_assert(sizeof(struct utilization) == 8, "utilization");
_Static_assert(sizeof(struct sample) == 32, "sample");
_Static_assert(sizeof(struct field) == 40, "field");
_Static_assert(sizeof(struct pci) == 68, "pci");

static volatile int64_t *state;
static volatile int64_t builtin[SLOTS];

static void __attribute__((constructor)) load(void) {
  Dl_info self;
  char path[4096];
  state = builtin;
  builtin[COUNT] = 1;
  builtin[GPUS_AT + POWER_MW] = 100000;
  if (!dladdr((void *)load, &self)) return;
  snprintf(path, sizeof path, "%s.state", self.dli_fname);
  int file = open(path, O_RDWR);
  if (file < 0) return;
  void *mapped = mmap(0, SLOTS * 8, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  close(file);
  if (mapped != MAP_FAILED) state = mapped;
}

static int64_t now(void) {
  struct timespec t;
  if (state[CLOCK_US]) return state[CLOCK_US];
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

static volatile int64_t *gpu(void *handle) {
  return state + GPUS_AT + GPU_SLOTS * ((uintptr_t)handle - 0x100);
}

static int call(void) {
  state[CALLS]++;
  return state[CLIENTS] == 0 || state[FORGOTTEN] ? UNINITIALIZED : OK;
}

static int device(void *handle) {
  int rc = call();
  if (rc) return rc;
  if ((uintptr_t)handle < 0x100 || (int64_t)((uintptr_t)handle - 0x100) >= state[COUNT]) return INVALID;
  return (int)gpu(handle)[LOST_RC];
}

/* Millijoules as the register shows them: those of the latest update, not of this moment. */
static int64_t energy(volatile int64_t *g) {
  int64_t t = now();
  if (g[INTERVAL_US]) t -= t % g[INTERVAL_US];
  int64_t uj = t >= g[SINCE_US] ? g[BASE_UJ] + g[POWER_MW] * (t - g[SINCE_US]) / 1000
                                : g[OLD_BASE_UJ] + g[OLD_POWER_MW] * (t - g[OLD_SINCE_US]) / 1000;
  return uj / 1000;
}

int nvmlInit_v2(void) {
  state[CALLS]++;
  if (state[INIT_RC]) return (int)state[INIT_RC];
  state[CLIENTS]++;
  state[INITS]++;
  state[FORGOTTEN] = 0;
  return OK;
}

int nvmlShutdown(void) {
  int rc = call();
  if (state[CLIENTS] > 0) state[CLIENTS]--;
  state[SHUTDOWNS]++;
  return rc;
}

int nvmlSystemGetDriverVersion(char *text, unsigned capacity) {
  snprintf(text, capacity, "575.57.08");
  return call();
}

int nvmlDeviceGetCount_v2(unsigned *count) {
  *count = (unsigned)state[COUNT];
  return call();
}

int nvmlDeviceGetHandleByIndex_v2(unsigned index, void **handle) {
  int rc = call();
  if (rc) return rc;
  if (index >= state[COUNT]) return INVALID;
  *handle = (void *)(uintptr_t)(0x100 + index);
  return (int)gpu(*handle)[LOST_RC];
}

int nvmlDeviceGetUUID(void *handle, char *text, unsigned capacity) {
  int rc = device(handle);
  if (!rc) snprintf(text, capacity, "GPU-00000000-0000-4000-8000-%012u", (unsigned)((uintptr_t)handle - 0x100));
  return rc;
}

int nvmlDeviceGetName(void *handle, char *text, unsigned capacity) {
  int rc = device(handle);
  if (!rc) snprintf(text, capacity, "Stand-in GPU %u", (unsigned)((uintptr_t)handle - 0x100));
  return rc;
}

int nvmlDeviceGetPciInfo_v3(void *handle, struct pci *pci) {
  int rc = device(handle);
  if (!rc) {
    memset(pci, 0, sizeof *pci);
    pci->bus = 1 + (unsigned)((uintptr_t)handle - 0x100);
    snprintf(pci->legacy, sizeof pci->legacy, "0000:%02X:00.0", pci->bus);
    snprintf(pci->bus_id, sizeof pci->bus_id, "00000000:%02X:00.0", pci->bus);
  }
  return rc;
}

#ifndef WITHOUT_ENERGY
int nvmlDeviceGetTotalEnergyConsumption(void *handle, unsigned long long *mj) {
  int rc = device(handle);
  if (!rc) rc = (int)gpu(handle)[ENERGY_RC];
  if (!rc) *mj = (unsigned long long)energy(gpu(handle));
  return rc;
}
#endif

int nvmlDeviceGetPowerUsage(void *handle, unsigned *mw) {
  int rc = device(handle);
  if (!rc) rc = (int)gpu(handle)[POWER_RC];
  if (!rc) *mw = (unsigned)gpu(handle)[POWER_MW];
  return rc;
}

#ifndef WITHOUT_FIELDS
static void answer(void *handle, struct field *f) {
  volatile int64_t *g = gpu(handle);
  f->us = EPOCH_US + now();
  f->latency = 1;
  f->type = 1;
  f->rc = NOT_SUPPORTED;
  if (f->id == 83 && f->scope == 0) {
    f->rc = (int)g[FIELD_ENERGY_RC];
    f->type = 3;
    f->value.ull = (unsigned long long)energy(g);
  } else if (f->id == 186 && f->scope <= 1) {
    f->rc = (int)g[f->scope ? MODULE_RC : INSTANT_RC];
    f->value.u = (unsigned)g[POWER_MW];
  } else if (f->id == 185 && f->scope == 0) {
    f->rc = (int)g[MEAN_RC];
    f->value.u = (unsigned)g[POWER_MW];
  }
}

int nvmlDeviceGetFieldValues(void *handle, int count, struct field *fields) {
  int rc = device(handle);
  for (int i = 0; !rc && i < count; i++) answer(handle, fields + i);
  return rc;
}
#endif

int nvmlDeviceGetEnforcedPowerLimit(void *handle, unsigned *mw) {
  int rc = device(handle);
  if (!rc && !gpu(handle)[LIMIT_MW]) rc = NOT_SUPPORTED;
  if (!rc) *mw = (unsigned)gpu(handle)[LIMIT_MW];
  return rc;
}

int nvmlDeviceGetUtilizationRates(void *handle, struct utilization *rates) {
  int rc = device(handle);
  if (!rc && gpu(handle)[MIG]) rc = NOT_SUPPORTED;
  if (rc) return rc;
  memset(rates, 0, sizeof *rates);
  for (int i = 0; i < state[PROCESSES]; i++) {
    volatile int64_t *p = state + PROCESSES_AT + PROCESS_SLOTS * i;
    if ((uintptr_t)p[0] + 0x100 == (uintptr_t)handle) rates->gpu += (unsigned)p[2];
  }
  return rc;
}

#ifndef WITHOUT_PROCESSES
/* One sample a period for each process that computes, as far back as the ring holds them. */
int nvmlDeviceGetProcessUtilization(void *handle, struct sample *samples, unsigned *capacity, unsigned long long since) {
  int rc = device(handle);
  if (!rc && gpu(handle)[MIG]) rc = NOT_SUPPORTED;
  if (!rc) rc = (int)gpu(handle)[PROCESS_RC];
  if (rc) return rc;
  int64_t period = state[SAMPLE_US] ? state[SAMPLE_US] : 166667;
  int64_t ring = gpu(handle)[RING_US] ? gpu(handle)[RING_US] : 10000000;
  int64_t oldest = now() - ring > 0 ? now() - ring : 0;
  int64_t from = (int64_t)since - EPOCH_US > oldest ? (int64_t)since - EPOCH_US : oldest;
  unsigned needed = 0;
  for (int64_t t = (from / period + 1) * period; t <= now(); t += period) {
    for (int i = 0; i < state[PROCESSES]; i++) {
      volatile int64_t *p = state + PROCESSES_AT + PROCESS_SLOTS * i;
      if ((uintptr_t)p[0] + 0x100 != (uintptr_t)handle || p[2] == 0) continue;
      if (samples && needed < *capacity) {
        memset(samples + needed, 0, sizeof *samples);
        samples[needed].pid = (unsigned)p[1];
        samples[needed].us = (unsigned long long)(EPOCH_US + t);
        samples[needed].sm = (unsigned)p[2];
      }
      needed++;
    }
  }
  rc = needed == 0 ? NOT_FOUND : samples && needed <= *capacity ? OK : TOO_SMALL;
  *capacity = needed;
  return rc;
}
#endif

int nvmlDeviceGetMigMode(void *handle, unsigned *current, unsigned *pending) {
  int rc = device(handle);
  if (!rc) *current = *pending = (unsigned)gpu(handle)[MIG];
  return rc;
}
