/* References to paragraphs and articles that are not there. */
#include "draft/check.h"

int bk_check_references(struct bk_checker *checker)
{
	(void)checker;
	return BK_OK;
}
