/*
 * What doctor looks at, check by check: git and the repository (doctor_repository.c), and the machine that both
 * programs run on (doctor_machine.c).
 *
 * Each check is one function and one line of a table.  It tells what it finds, one line a finding.
 */
#ifndef BRACKED_APP_DOCTOR_H
#define BRACKED_APP_DOCTOR_H

#include "app/command.h"
#include "app/output.h"

#include <bracked/store.h>

#define BK_DOCTOR_PROGRAM "bracked" /* as the drivers call it */

enum bk_health { BK_HEALTH_OK, BK_HEALTH_MENDED, BK_HEALTH_WOULD, BK_HEALTH_MISSING, BK_HEALTH_FAILED };

struct bk_visit {
	struct bk_output *output;
	const struct bk_editor *editor;
	const char *folder;
	bool fix, dry_run, json;
	struct bk_identity identity; /* whose revisions are, where git's configuration is not to say */
	bool git;		     /* the program is there */
	bk_repository *repository;
	struct bk_fixture fixtures[BK_FIXTURE_COUNT], after[BK_FIXTURE_COUNT]; /* before and after mending */
	bool inspected;
	const char *check; /* which one is under way */
	int exit;
};

struct bk_doctor_check {
	const char *name;
	void (*run)(struct bk_visit *visit);
};

/* In the order in which they are told; each list ends with a name that is NULL. */
extern const struct bk_doctor_check bk_doctor_repository[], bk_doctor_machine[];

/* ---- For checks ---- */

/* One line of the answer; remedy is a command that mends it, or NULL. */
void bk_visit_tell(struct bk_visit *visit, enum bk_health health, const char *message, const char *remedy);
/* The same with a message that is made; released. */
void bk_visit_tell_made(
	struct bk_visit *visit, enum bk_health health, struct bk_buf *message, const char *remedy);
/* A command on a folder, as a shell reads it. */
void bk_doctor_put_command(struct bk_buf *out, const char *command, const char *folder);
/* The first line of what another program answers; false when it is not there or refuses. */
bool bk_doctor_ask(const char *const *argv, const char *folder, struct bk_buf *out, struct bk_buf *err);

#endif
