/* Classes of brackets: a person's word, a note for a brace, else disputed. */
#include "draft/draft.h"

static const char *const names[BK_CLASS_COUNT] = {"disputed", "placeholder", "note", "reference", "status"};

const char *bk_class_name(enum bk_class class)
{
	return names[class];
}

bool bk_class_parse(const char *name, enum bk_class *out)
{
	for (size_t i = 0; i < BK_CLASS_COUNT; i++) {
		if (strcmp(name, names[i]) == 0) {
			*out = (enum bk_class)i;
			return true;
		}
	}
	return false;
}

int bk_classify_brackets(struct bk_draft *draft)
{
	for (size_t i = 0; i < draft->bracket_count; i++) {
		struct bk_bracket *bracket = &draft->brackets[i];
		const struct bk_override *word = bk_draft_override(draft, bracket->start);

		bracket->class = bracket->brace ? BK_CLASS_NOTE : BK_CLASS_DISPUTED;
		bracket->by_person = word && word->has_class;
		if (bracket->by_person)
			bracket->class = (uint8_t)word->class;
	}
	return BK_OK;
}
