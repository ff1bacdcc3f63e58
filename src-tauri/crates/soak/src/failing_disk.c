/* Loaded before the C library into a station whose disk fails: of the calls that write, make, grow, name or remove
 * something below FAILING_DISK_FOLDER, the one with the number FAILING_DISK_AT fails with FAILING_DISK_ERROR, and a line in
 * FAILING_DISK_TOLD says which it was. So do all that follow where FAILING_DISK_STAYS is set. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static const char *folder;
static const char *told;
static long at;
static int error;
static int stays;
static atomic_long calls;

__attribute__((constructor)) static void begin(void) {
    const char *number = getenv("FAILING_DISK_AT");
    const char *with = getenv("FAILING_DISK_ERROR");
    told = getenv("FAILING_DISK_TOLD");
    at = number ? atol(number) : 0;
    error = with ? atoi(with) : EIO;
    stays = getenv("FAILING_DISK_STAYS") != NULL;
    folder = getenv("FAILING_DISK_FOLDER");
}

static void tell(const char *call, const char *path) {
    char line[PATH_MAX + 64];
    int length = snprintf(line, sizeof line, "%s %s\n", call, path);
    int to = told ? (int)syscall(SYS_openat, AT_FDCWD, told, O_WRONLY | O_CREAT | O_APPEND, 0600) : -1;
    if (to >= 0) {
        syscall(SYS_write, to, line, (size_t)length);
        syscall(SYS_close, to);
    }
}

static int fails(const char *call, const char *path) {
    if (!folder || !path || strncmp(path, folder, strlen(folder)) != 0) return 0;
    long number = atomic_fetch_add(&calls, 1) + 1;
    if (number < at || (number > at && !stays)) return 0;
    if (number == at) tell(call, path);
    errno = error;
    return 1;
}

static int fails_in(const char *call, int file) {
    char link[64], path[PATH_MAX];
    int before = errno;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    long length = syscall(SYS_readlinkat, AT_FDCWD, link, path, sizeof path - 1);
    errno = before;
    if (length < 0) return 0;
    path[length] = 0;
    return fails(call, path);
}

#define REAL(result, name, ...)             \
    static result (*real)(__VA_ARGS__);     \
    if (!real) real = (result(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

/* A disk that breaks leaves half of what was to be written, one that is full leaves nothing. */
static size_t left_of(size_t count) { return error == EIO ? count / 2 : 0; }

ssize_t write(int file, const void *bytes, size_t count) {
    REAL(ssize_t, "write", int, const void *, size_t);
    if (!fails_in("write", file)) return real(file, bytes, count);
    if (left_of(count)) real(file, bytes, left_of(count));
    errno = error;
    return -1;
}

static ssize_t write_at(ssize_t (*real)(int, const void *, size_t, off64_t), int file, const void *bytes, size_t count,
                        off64_t from) {
    if (!fails_in("pwrite", file)) return real(file, bytes, count, from);
    if (left_of(count)) real(file, bytes, left_of(count), from);
    errno = error;
    return -1;
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t from) {
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
    return write_at(real, file, bytes, count, from);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t from) {
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
    return write_at(real, file, bytes, count, from);
}

int fsync(int file) {
    REAL(int, "fsync", int);
    return fails_in("fsync", file) ? -1 : real(file);
}

int fdatasync(int file) {
    REAL(int, "fdatasync", int);
    return fails_in("fdatasync", file) ? -1 : real(file);
}

int ftruncate(int file, off_t length) {
    REAL(int, "ftruncate64", int, off64_t);
    return fails_in("ftruncate", file) ? -1 : real(file, length);
}

int ftruncate64(int file, off64_t length) {
    REAL(int, "ftruncate64", int, off64_t);
    return fails_in("ftruncate", file) ? -1 : real(file, length);
}

int rename(const char *from, const char *to) {
    REAL(int, "rename", const char *, const char *);
    return fails("rename", to) ? -1 : real(from, to);
}

int mkdir(const char *path, mode_t mode) {
    REAL(int, "mkdir", const char *, mode_t);
    return fails("mkdir", path) ? -1 : real(path, mode);
}

int unlink(const char *path) {
    REAL(int, "unlink", const char *);
    return fails("unlink", path) ? -1 : real(path);
}

int unlinkat(int folder_of, const char *path, int flags) {
    REAL(int, "unlinkat", int, const char *, int);
    int fail = path[0] == '/' || folder_of == AT_FDCWD ? fails("unlinkat", path) : fails_in("unlinkat", folder_of);
    return fail ? -1 : real(folder_of, path, flags);
}

int rmdir(const char *path) {
    REAL(int, "rmdir", const char *);
    return fails("rmdir", path) ? -1 : real(path);
}

int chmod(const char *path, mode_t mode) {
    REAL(int, "chmod", const char *, mode_t);
    return fails("chmod", path) ? -1 : real(path, mode);
}

/* Only what is opened to be written needs room. */
static int writes(int flags) { return (flags & O_ACCMODE) != O_RDONLY || (flags & O_CREAT); }

#define OPEN(name)                                                               \
    int name(const char *path, int flags, ...) {                                 \
        REAL(int, #name, const char *, int, ...);                                \
        va_list rest;                                                            \
        va_start(rest, flags);                                                   \
        mode_t mode = (flags & O_CREAT) ? va_arg(rest, mode_t) : 0;              \
        va_end(rest);                                                            \
        return writes(flags) && fails("open", path) ? -1 : real(path, flags, mode); \
    }

OPEN(open)
OPEN(open64)
