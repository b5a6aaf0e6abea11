/*
 * Leases: the bytes of a mapped file stay what they were, whoever writes into the file or cuts it.
 *
 *	another process opens the file to write, or cuts it
 *	   -> the kernel lets it wait and tells the holder of the lease (fcntl(2), F_SETLEASE)
 *	   -> a thread here copies the bytes to the same place in memory, and gives the lease back
 *	   -> the other goes on
 *
 * Nobody who reads the bytes notices.  A file that is only replaced or removed needs none of this: the old one
 * stays as long as it is mapped.
 */
#ifndef BRACKED_BASE_LEASE_H
#define BRACKED_BASE_LEASE_H

#include <stddef.h>

typedef struct bk_lease bk_lease;

/*
 * A lease on the file that descriptor was opened on to be read.  NULL when there is none to be had: somebody has
 * it open to write, it is another user's, its file system has no leases, or memory has run out.  Who gets none
 * must read the file instead of mapping it.  The descriptor may be closed after.
 *
 * Until bk_lease_cover is called, whoever wants to write waits; call it, or bk_lease_free, within a moment.
 */
bk_lease *bk_lease_new(int descriptor);
/* From now on the lease is for these bytes, which are all of the file. */
void bk_lease_cover(bk_lease *lease, void *map, size_t size);
/* Give it back; the bytes stay mapped, and stay as they are only if they have been copied.  Takes NULL. */
void bk_lease_free(bk_lease *lease);

/* Copy the bytes of all leases: for a process that is about to be stopped, and could not do it while others wait. */
void bk_lease_settle(void);

#endif
