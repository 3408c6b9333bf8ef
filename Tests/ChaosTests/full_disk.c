/* A disk that is full when it is told to be, without a disk: to be loaded into a server (LD_PRELOAD).

   FULL_DISK names a folder. While that holds a file `full`, no file whose path begins with what it says can become larger;
   what is overwritten in place still is, as on an ordinary file system. Each refusal adds a byte to the file `refused`.
   Calls that make a file larger without taking room (ftruncate) pass. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

/* The function that would have been called without this library. */
#define REAL(name, ...)                                                                                              \
  ({                                                                                                                 \
    static __typeof__(name) *real;                                                                                   \
    if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name);                                                   \
    real(__VA_ARGS__);                                                                                               \
  })

static char full[PATH_MAX], refused[PATH_MAX];

__attribute__((constructor)) static void find_folder(void) {
  const char *folder = getenv("FULL_DISK");
  if (!folder) return;
  snprintf(full, sizeof full, "%s/full", folder);
  snprintf(refused, sizeof refused, "%s/refused", folder);
}

/* What the paths of files that cannot grow begin with; 0 while there is room. */
static ssize_t read_flag(char *start) {
  if (!full[0]) return 0;
  int flag = open(full, O_RDONLY | O_CLOEXEC);
  if (flag < 0) return 0;
  ssize_t length = read(flag, start, PATH_MAX);
  close(flag);
  return length;
}

static int is_below(int file, const char *start, ssize_t length) {
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  return readlink(link, path, sizeof path) >= length && !memcmp(path, start, length);
}

static void note_refusal(void) {
  int notes = open(refused, O_WRONLY | O_APPEND | O_CLOEXEC);
  if (notes < 0) return;
  if (REAL(write, notes, ".", 1) != 1) abort();
  close(notes);
}

/* Whether there is no room to write so many bytes there; where the offset is negative, at the file's own position. */
static int has_no_room(int file, off_t offset, off_t count) {
  int before = errno, refuses = 0;
  char start[PATH_MAX];
  struct stat state;
  ssize_t length = read_flag(start);
  if (length > 0 && !fstat(file, &state) && S_ISREG(state.st_mode) && is_below(file, start, length)) {
    if (offset < 0) offset = fcntl(file, F_GETFL) & O_APPEND ? state.st_size : lseek(file, 0, SEEK_CUR);
    refuses = offset + count > state.st_size;
  }
  if (refuses) note_refusal();
  errno = refuses ? ENOSPC : before;
  return refuses;
}

static off_t size_of(const struct iovec *parts, int count) {
  off_t size = 0;
  for (int n = 0; n < count; n++) size += parts[n].iov_len;
  return size;
}

ssize_t write(int file, const void *data, size_t count) {
  return has_no_room(file, -1, count) ? -1 : REAL(write, file, data, count);
}

ssize_t writev(int file, const struct iovec *parts, int count) {
  return has_no_room(file, -1, size_of(parts, count)) ? -1 : REAL(writev, file, parts, count);
}

ssize_t pwrite(int file, const void *data, size_t count, off_t offset) {
  return has_no_room(file, offset, count) ? -1 : REAL(pwrite, file, data, count, offset);
}

ssize_t pwritev(int file, const struct iovec *parts, int count, off_t offset) {
  return has_no_room(file, offset, size_of(parts, count)) ? -1 : REAL(pwritev, file, parts, count, offset);
}

int posix_fallocate(int file, off_t offset, off_t count) {
  return has_no_room(file, offset, count) ? ENOSPC : REAL(posix_fallocate, file, offset, count);
}

int fallocate(int file, int mode, off_t offset, off_t count) {
  return has_no_room(file, offset, count) ? -1 : REAL(fallocate, file, mode, offset, count);
}

/* The same under their names for large files, which all are where off_t has 64 bits. */
_Static_assert(sizeof(off_t) == 8, "off_t must have 64 bits");
__typeof__(pwrite64) pwrite64 __attribute__((alias("pwrite")));
__typeof__(pwritev64) pwritev64 __attribute__((alias("pwritev")));
__typeof__(posix_fallocate64) posix_fallocate64 __attribute__((alias("posix_fallocate")));
__typeof__(fallocate64) fallocate64 __attribute__((alias("fallocate")));
