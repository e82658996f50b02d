/*
  * Reads every call in tests/golden/targets.txt as the shim does. tests/Daybreak.Bridge.Tests has the bridge read the same ones.
  *
  * Usage: targets FILE. Prints TAP.
  */
#include "target.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A block of exactly its size, so that the sanitizer notices reads behind it. */
static FrameText
text_of(const char *word)
{
	FrameText text = {NULL, 0};
	char *exact;

	if (strcmp(word, "-") == 0)
		return text;
	text.length = strcmp(word, "''") == 0 ? 0 : (uint32_t) strlen(word);
	exact = malloc(text.length + (text.length == 0));
	memcpy(exact, word, text.length);
	text.data = exact;
	return text;
}

static bool
is_same(FrameText text, const char *word)
{
	return strcmp(word, "-") == 0 ? text.data == NULL : text_is(text, word);
}

static void
release(FrameText text)
{
	free((void *) text.data);
}

int
main(int argc, char **argv)
{
	FILE *file = argc == 2 ? fopen(argv[1], "r") : NULL;
	char line[512];
	int tests = 0;
	int failures = 0;

	if (file == NULL)
	{
		fprintf(stderr, "usage: targets FILE\n");
		return 2;
	}
	while (fgets(line, sizeof line, file) != NULL)
	{
		char words[8][300];
		int count = sscanf(line, "%299s %299s %299s %299s => %299s %299s %299s %299s", words[0], words[1], words[2], words[3], words[4],
			words[5], words[6], words[7]);
		CallTarget target;
		bool expected;
		bool read;

		if (line[0] == '#')
			continue;
		InvokeRequest request = {
			.function_name = text_of(words[0]),
			.region = text_of(words[1]),
			.qualifier = text_of(words[2]),
			.default_region = text_of(words[3]),
		};

		read = target_of_request(&request, &target);
		if (count == 5)
			expected = !read && strcmp(words[4], "refused") == 0;
		else
			expected = count == 8 && read && is_same(target.region, words[4]) && is_same(target.account, words[5]) &&
					   is_same(target.name, words[6]) && is_same(target.qualifier, words[7]);
		failures += expected ? 0 : 1;
		printf("%sok %d - target: %s", expected ? "" : "not ", ++tests, line);
		release(request.function_name);
		release(request.region);
		release(request.qualifier);
		release(request.default_region);
	}
	fclose(file);
	printf("1..%d\n", tests);
	return failures == 0 && tests > 0 ? 0 : 1;
}
