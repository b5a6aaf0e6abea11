/* Any bytes may stand in a journal: reading it ends, and what it says can be added to a text. */
#include "fuzz.h"
#include "store/journal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bk_journal_story story;
	bk_text *text;
	size_t step;
	bool history;

	if (bk_journal_story_read(&story, (struct bk_str){(const char *)data, size}, "p") < 0)
		return 0;
	if (story.valid > size)
		abort();
	bk_journal_story_fits(&story, 0, &history, &step);
	if (story.step_count && bk_text_new(&text, "[text]", 6) == BK_OK) {
		if (bk_journal_story_add(&story, text) == BK_OK)
			(void)bk_text_go(text, story.current, NULL);
		bk_text_free(text);
	}
	bk_journal_story_release(&story);
	return 0;
}
