/* RFC 3339 times as instants; the calendar is the proleptic Gregorian one. */
#include "ledger/instant.h"

enum { DATE_LEN = 10, CLOCK_LEN = 8 };

/* The number in `count` digits at `at`, or -1. */
static int digits(struct bk_str string, size_t at, size_t count)
{
	int number = 0;

	if (at + count > string.len)
		return -1;
	for (size_t i = at; i < at + count; i++) {
		if (!bk_is_digit(string.ptr[i]))
			return -1;
		number = number * 10 + string.ptr[i] - '0';
	}
	return number;
}

static bool is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* Days since 1970-01-01: years are counted from March, so that the leap day is a year's last. */
static int64_t day_number(int year, int month, int day)
{
	const int64_t y = month <= 2 ? year - 1 : year;
	const int64_t era = (y >= 0 ? y : y - 399) / 400;
	const int64_t year_of_era = y - era * 400;
	const int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

	return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

static bool parse_date(struct bk_str time, struct bk_instant *out)
{
	const int year = digits(time, 0, 4), month = digits(time, 5, 2), day = digits(time, 8, 2);

	if (year < 0 || month < 1 || month > 12 || day < 1 || time.ptr[4] != '-' || time.ptr[7] != '-' ||
		day > days_in(year, month))
		return false;
	*out = (struct bk_instant){.seconds = day_number(year, month, day) * 86400};
	return true;
}

/* "Z" or "+HH:MM"; what must be taken from local time. */
static bool parse_offset(struct bk_str offset, int64_t *seconds)
{
	const int hours = digits(offset, 1, 2), minutes = digits(offset, 4, 2);

	if (offset.len == 1 && (offset.ptr[0] == 'Z' || offset.ptr[0] == 'z')) {
		*seconds = 0;
		return true;
	}
	if (offset.len != 6 || hours < 0 || hours > 23 || minutes < 0 || minutes > 59 ||
		offset.ptr[3] != ':' || (offset.ptr[0] != '+' && offset.ptr[0] != '-'))
		return false;
	*seconds = (hours * 3600 + minutes * 60) * (offset.ptr[0] == '+' ? 1 : -1);
	return true;
}

/* ".25" in nanoseconds; digits beyond the ninth do not count.  Returns its bytes, 0 for none. */
static size_t parse_fraction(struct bk_str rest, int32_t *nanoseconds)
{
	int32_t unit = 100000000;
	size_t at = 1;

	*nanoseconds = 0;
	if (rest.len < 2 || rest.ptr[0] != '.' || !bk_is_digit(rest.ptr[1]))
		return 0;
	for (; at < rest.len && bk_is_digit(rest.ptr[at]); at++, unit /= 10)
		*nanoseconds += (rest.ptr[at] - '0') * unit;
	return at;
}

bool bk_instant_parse(struct bk_str time, struct bk_instant *out)
{
	struct bk_instant instant;
	struct bk_str rest;
	int64_t offset;
	int hour, minute, second;

	if (time.len < DATE_LEN || !parse_date(time, &instant))
		return false;
	if (time.len > DATE_LEN) {
		hour = digits(time, 11, 2);
		minute = digits(time, 14, 2);
		second = digits(time, 17, 2);
		if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60 ||
			time.ptr[13] != ':' || time.ptr[16] != ':' || !strchr("Tt ", time.ptr[10]))
			return false;
		rest = bk_str_skip(time, DATE_LEN + 1 + CLOCK_LEN);
		rest = bk_str_skip(rest, parse_fraction(rest, &instant.nanoseconds));
		if (!parse_offset(rest, &offset))
			return false;
		instant.seconds += hour * 3600 + minute * 60 + second - offset;
	}
	*out = instant;
	return true;
}

int bk_instant_compare(struct bk_instant a, struct bk_instant b)
{
	if (a.seconds != b.seconds)
		return a.seconds < b.seconds ? -1 : 1;
	return a.nanoseconds < b.nanoseconds ? -1 : a.nanoseconds > b.nanoseconds;
}
