/*
 * Fixtures: lines of .gitattributes and settings of git that a repository for negotiations needs.
 *
 * What a driver runs is read by a shell, so that it can fall back to git's own comparison where bracked is not
 * there any more: git gives a whole `git diff` up when a driver fails.
 */
#include "base/alloc.h"
#include "base/error.h"
#include "base/file.h"
#include "store/git.h"

#include <string.h>

#define ATTRIBUTES ".gitattributes"

/*
 * Letters that make words in the languages of the United Nations but Chinese, of which each character is a word.
 * One by one: in some locales a range has no meaning beyond ASCII.  In the locale C they are bytes, and all bytes
 * beyond ASCII are what [^[:print:][:space:]] matches, so that no character is ever torn.
 */
/* clang-format off */
#define LETTERS \
	"A-Za-z0-9_" \
	"ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿĀāĂăĄąĆćČčĎďĐđĒēĖėĘęĚěĞğĢģĪīĮįİı" \
	"ĶķĹĺĻļĽľŁłŃńŅņŇňŌōŐőŒœŔŕŘřŚśŞşŠšŢţŤťŪūŮůŰűŲųŸŹźŻżŽžȘșȚț" \
	"АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюяІіЇїЄєҐґЎў" \
	"ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρςστυφχψωάέήίόύώ" \
	"ءآأؤإئابةتثجحخدذرزسشصضطظعغـفقكلمنهوىيًٌٍَُِّْٰپچژکگی٠١٢٣٤٥٦٧٨٩" \
	"\xCC\x80\xCC\x81\xCC\x82\xCC\x83\xCC\x84\xCC\x86\xCC\x87\xCC\x88\xCC\x8A\xCC\x8B\xCC\x8C\xCC\xA7" \
	"\xCC\xA8" /* accents */
/* clang-format on */
#define WORD_REGEX "[0-9]+([.,][0-9]+)*|([" LETTERS "]|[^[:print:][:space:]])+|[^[:space:]]"

/*
 * A line of a heading, option or label, from behind its blanks to its end: what git writes behind "@@".  Before it may
 * stand list marks, emphasis and brackets that open.
 */
#define LINE(expression) "^[ \t]*(([-*+>_[({][-*+>_[({ \t]*)?" expression ".*)$"
#define HASHES		 "^[ \t]*(#+[ \t].*)$"
#define CHINESE		 "第[^ \t]+[条條章节節]"
/* clang-format off */
#define HEADING \
	"(Article|ARTICLE|Annex|ANNEX|Annexe|ANNEXE|Appendix|APPENDIX|Chapter|CHAPTER|Chapitre|CHAPITRE|" \
	"Section|SECTION|Part|PART|Partie|PARTIE|Artículo|ARTÍCULO|Anexo|ANEXO|Capítulo|CAPÍTULO|Sección|" \
	"Статья|СТАТЬЯ|Приложение|ПРИЛОЖЕНИЕ|Глава|ГЛАВА|Раздел|المادة|المرفق|الفصل|الباب)[ \t]+[^ \t]"
#define OPTION \
	"(([0-9]+(\\.[0-9]+)*\\.?|\\([a-z0-9]+\\))[ \t]+)?" \
	"([Ss]ub-[Oo]ption|(Sub-)?Option|OPTION|Alternative|ALTERNATIVE|Alt\\.?|Variante|Opción|Вариант|الخيار)" \
	"[ \t]+[(]?[0-9A-Za-z]{1,4}[]().:* \t_]"
#define LATIN "([ \t]?(bis|ter|quater|quinquies|sexies|septies|octies|novies|nonies|decies|alt))?"
#define LABEL \
	"(((PP|OP)[ \t]?)?[0-9]{1,3}(\\.[0-9]+)*[a-z]?" LATIN "[].)]*|" \
	"\\(([a-z]|[ivxl]+|[0-9]+)" LATIN "\\)|([a-z]|[ivxl]+)\\)|[IVXL]+\\.|[A-Z]\\.)[ \t]+[^ \t]"
/* clang-format on */
#define FUNCTION_NAME HASHES "\n" LINE(CHINESE) "\n" LINE(HEADING) "\n" LINE(OPTION) "\n" LINE(LABEL)

#define EXTERNAL                                                                                             \
	"f() { command -v bracked >/dev/null && bracked diff-driver -- \"$@\" || "                           \
	"git --no-pager diff --no-index --no-ext-diff --no-textconv -- \"$2\" \"$5\" || :; }; f"
#define TEXTCONV "f() { command -v bracked >/dev/null && bracked textconv -- \"$1\" || cat -- \"$1\"; }; f"
/* An exit other than 0 is an answer here: only where there is no bracked does git merge by lines.  A git before
 * 2.44 leaves the last three as they stand. */
#define MERGE                                                                                                \
	"f() { if command -v bracked >/dev/null; then bracked merge-driver -- \"$@\"; else "                 \
	"git merge-file --marker-size=\"$4\" -L ours -L base -L theirs -- \"$2\" \"$1\" \"$3\" || "          \
	"return 1; fi; }; "                                                                                  \
	"f %O %A %B %L %P %S %X %Y"

/* In the order in which they are told; lines of attributes stand in the file in it. */
static const struct bk_fixture needed[] = {
	{.kind = BK_FIXTURE_ATTRIBUTE, .name = "* -text"},
	{.kind = BK_FIXTURE_ATTRIBUTE, .name = "*.ledger merge=union"},
	{.kind = BK_FIXTURE_ATTRIBUTE, .name = "*.txt diff=bracked"},
	{.kind = BK_FIXTURE_ATTRIBUTE, .name = "*.md diff=bracked"},
	{.kind = BK_FIXTURE_ATTRIBUTE, .name = "*.txt merge=bracked"},
	{.kind = BK_FIXTURE_ATTRIBUTE, .name = "*.md merge=bracked"},
	{.kind = BK_FIXTURE_DRIVER, .name = "diff.bracked.command", .value = EXTERNAL},
	{.kind = BK_FIXTURE_DRIVER, .name = "diff.bracked.textconv", .value = TEXTCONV},
	{.kind = BK_FIXTURE_DRIVER, .name = "diff.bracked.wordRegex", .value = WORD_REGEX},
	{.kind = BK_FIXTURE_DRIVER, .name = "diff.bracked.xfuncname", .value = FUNCTION_NAME},
	{.kind = BK_FIXTURE_DRIVER,
		.name = "merge.bracked.name",
		.value = "brackets with the names of Parties"},
	{.kind = BK_FIXTURE_DRIVER, .name = "merge.bracked.driver", .value = MERGE},
	/* Of two revisions that both sides come from git makes one base first: what stands in neither is none. */
	{.kind = BK_FIXTURE_DRIVER, .name = "merge.bracked.recursive", .value = "binary"},
	{.kind = BK_FIXTURE_SETTING, .name = "core.fsync", .value = "all"},
};
_Static_assert(sizeof needed / sizeof *needed == BK_FIXTURE_COUNT, "as many as the header says");

/* ---- Attributes -------------------------------------------------------------------------------------- */

/* Take the first word of a line off it; empty at its end. */
static struct bk_str next_word(struct bk_str *line)
{
	struct bk_str word;

	*line = bk_str_trim(*line);
	word = *line;
	for (word.len = 0; word.len < line->len && !bk_is_space(line->ptr[word.len]);)
		word.len++;
	*line = bk_str_skip(*line, word.len);
	return word;
}

/* "diff" of "diff=bracked", "-diff", "!diff". */
static struct bk_str attribute_of(struct bk_str word)
{
	if (word.len && (word.ptr[0] == '-' || word.ptr[0] == '!'))
		word = bk_str_skip(word, 1);
	word.len = bk_str_find(word, '=');
	return word;
}

/* Drivers are a matter of taste: bytes must be kept, and ledgers united. */
static bool is_taste(struct bk_str line)
{
	return bk_str_ends(line, BK_STR("=bracked"));
}

/*
 * What one line says of what another one is to say: the same, or something else about the same names.  A
 * driver for all names counts too; who wants lines of drafts compared by another program has it so.
 */
static enum bk_fixture_state judge_line(struct bk_str line, struct bk_str wanted)
{
	const struct bk_str pattern = next_word(&wanted), value = next_word(&wanted);
	const struct bk_str names = next_word(&line);
	const bool same = bk_str_equal(names, pattern);
	enum bk_fixture_state state = BK_FIXTURE_MISSING;

	if (!same && !(bk_str_equal(names, BK_STR("*")) && is_taste(value)))
		return state;
	for (struct bk_str word = next_word(&line); word.len; word = next_word(&line)) {
		if (bk_str_equal(word, value))
			state = BK_FIXTURE_PRESENT;
		else if (bk_str_equal(attribute_of(word), attribute_of(value)))
			state = BK_FIXTURE_OWN;
	}
	return state;
}

/* The last line that says anything is the one that git heeds. */
static enum bk_fixture_state judge_lines(struct bk_str lines, const char *wanted)
{
	enum bk_fixture_state state = BK_FIXTURE_MISSING;

	while (lines.len) {
		const size_t len = bk_str_find(lines, '\n');
		const enum bk_fixture_state one =
			judge_line((struct bk_str){lines.ptr, len}, bk_str_of(wanted));

		if (one != BK_FIXTURE_MISSING)
			state = one;
		lines = bk_str_skip(lines, len + 1);
	}
	return state == BK_FIXTURE_OWN && !is_taste(bk_str_of(wanted)) ? BK_FIXTURE_MISSING : state;
}

static int read_attributes(const bk_repository *repository, struct bk_buf *out)
{
	char *bytes;
	size_t len;
	const int status = bk_git_read_beside(repository, ATTRIBUTES, &bytes, &len);

	if (status != BK_OK)
		return status == BK_ENOTFOUND ? BK_OK : status;
	bk_buf_put(out, bytes, len);
	bk_free(bytes);
	return bk_buf_status(out);
}

static int add_attributes(const bk_repository *repository, const struct bk_fixture *fixtures)
{
	struct bk_buf path = BK_BUF_INIT, bytes = BK_BUF_INIT;
	int status = read_attributes(repository, &bytes);
	bool added = false;

	if (bytes.len && bytes.bytes[bytes.len - 1] != '\n')
		bk_buf_putc(&bytes, '\n');
	for (size_t i = 0; i < BK_FIXTURE_COUNT; i++)
		if (fixtures[i].kind == BK_FIXTURE_ATTRIBUTE && fixtures[i].state == BK_FIXTURE_MISSING) {
			bk_buf_printf(&bytes, "%s\n", fixtures[i].name);
			added = true;
		}
	bk_buf_printf(&path, "%s/" ATTRIBUTES, repository->folder);
	if (status == BK_OK)
		status = bk_buf_status(&bytes);
	if (status == BK_OK)
		status = bk_buf_status(&path);
	if (status == BK_OK && added)
		status = bk_file_replace_bytes(bk_buf_string(&path), bk_buf_str(&bytes), NULL, 0, NULL);
	bk_buf_release(&path);
	bk_buf_release(&bytes);
	return status;
}

/* ---- Settings ---------------------------------------------------------------------------------------- */

static int judge_setting(git_config *config, struct bk_fixture *fixture)
{
	git_buf value = {0};
	const int code = bk_git.config_get_string_buf(&value, config, fixture->name);

	if (code < 0 && code != GIT_ENOTFOUND)
		return bk_git_fail(code, "reading", fixture->name);
	if (code == 0)
		fixture->state = strcmp(value.ptr, fixture->value) == 0 ? BK_FIXTURE_PRESENT : BK_FIXTURE_OWN;
	bk_git.buf_dispose(&value);
	return BK_OK;
}

static int judge_settings(const bk_repository *repository, struct bk_fixture *fixtures)
{
	git_config *config = NULL;
	const int code = bk_git.repository_config(&config, repository->git);
	int status =
		code < 0 ? bk_git_fail(code, "reading the git configuration of", repository->folder) : BK_OK;

	for (size_t i = 0; status == BK_OK && i < BK_FIXTURE_COUNT; i++)
		if (fixtures[i].value)
			status = judge_setting(config, &fixtures[i]);
	bk_git.config_free(config);
	return status;
}

/* ---- All --------------------------------------------------------------------------------------------- */

int bk_repository_inspect(const bk_repository *repository, struct bk_fixture fixtures[BK_FIXTURE_COUNT])
{
	struct bk_buf lines = BK_BUF_INIT;
	int status;

	if (bk_git.repository_is_bare(repository->git))
		return bk_fail(BK_EINVAL, "'%s' is a bare repository: clone it, and look at the clone",
			repository->folder);
	status = read_attributes(repository, &lines);
	memcpy(fixtures, needed, sizeof needed);
	for (size_t i = 0; status == BK_OK && i < BK_FIXTURE_COUNT; i++)
		if (fixtures[i].kind == BK_FIXTURE_ATTRIBUTE)
			fixtures[i].state = judge_lines(bk_buf_str(&lines), fixtures[i].name);
	bk_buf_release(&lines);
	return status == BK_OK ? judge_settings(repository, fixtures) : status;
}

int bk_repository_furnish(bk_repository *repository, const struct bk_fixture fixtures[BK_FIXTURE_COUNT])
{
	int status = add_attributes(repository, fixtures);

	for (size_t i = 0; status == BK_OK && i < BK_FIXTURE_COUNT; i++)
		if (fixtures[i].value && fixtures[i].state == BK_FIXTURE_MISSING)
			status = bk_repository_configure(repository, fixtures[i].name, fixtures[i].value);
	return status;
}
