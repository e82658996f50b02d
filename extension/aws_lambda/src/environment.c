/*
  * Credentials that only the bridge can read. Every backend inherits the environment of the server, where code that runs in it (PL/Perl,
  * PL/Python, a library) can read it. A file owned by the server's user is out of reach for users without permission to read files.
  */
#include "compat.h"

#include <ctype.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "miscadmin.h"

#include "environment.h"
#include "settings.h"

#define FILE_MAX_SIZE 65536
#define HIDDEN_PREFIX "AWS_"

/* The names, never the values, of secrets that backends can read; the bridge reports them in explanations. */
#define EXPOSED_VARIABLE "DAYBREAK_EXPOSED_TO_BACKENDS"

static const char *const secrets[] = {"AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_CONTAINER_AUTHORIZATION_TOKEN"};

extern char **environ;

/* ---- the file ---- */

static const char *
flaw_of(const struct stat *file)
{
	if (!S_ISREG(file->st_mode))
		return "It is no ordinary file.";
	if (file->st_uid != geteuid())
		return "It does not belong to the operating-system user of the server.";
	if ((file->st_mode & (S_IRWXG | S_IRWXO)) != 0)
		return "Its mode lets others in: it must be 0600 or stricter.";
	if (file->st_size > FILE_MAX_SIZE)
		return "It is larger than 64 kB.";
	return NULL;
}

const char *
environment_file_flaw(const char *path)
{
	struct stat file;

	if (stat(path, &file) < 0)
		return psprintf("%m.");
	return flaw_of(&file);
}

/* Checks the open descriptor, so that nobody can exchange the file in between. */
static const char *
read_file(const char *path, BridgeEnvironment *environment)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	struct stat file;
	const char *flaw;
	ssize_t length;

	if (fd < 0)
		return psprintf("%m.");
	flaw = fstat(fd, &file) < 0 ? psprintf("%m.") : flaw_of(&file);
	if (flaw == NULL)
	{
		environment->content = palloc(FILE_MAX_SIZE + 1);
		environment->size = FILE_MAX_SIZE + 1;
		length = read(fd, environment->content, FILE_MAX_SIZE);
		if (length < 0)
			flaw = psprintf("%m.");
		else
			environment->content[length] = '\0';
		if (length > 0 && strlen(environment->content) != length)
			flaw = "It holds a NUL.";
	}
	close(fd);
	return flaw;
}

static bool
is_assignment(const char *line)
{
	const char *c = line;

	if (!isalpha((unsigned char) *c) && *c != '_')
		return false;
	while (isalnum((unsigned char) *c) || *c == '_')
		c++;
	return *c == '=';
}

static bool
same_name(const char *one, const char *other)
{
	size_t length = strcspn(one, "=");

	return strncmp(one, other, length) == 0 && other[length] == '=';
}

static void
set_variable(char **variables, int *count, char *assignment)
{
	for (int i = 0; i < *count; i++)
		if (same_name(assignment, variables[i]))
		{
			variables[i] = assignment;
			return;
		}
	variables[(*count)++] = assignment;
}

/* A line is NAME=value, where the value extends unchanged to the end of the line. Empty lines and lines that start with # are ignored. */
static const char *
add_lines(char *content, char **variables, int *count)
{
	int number = 0;
	char *rest = content;
	char *line;

	while ((line = strsep(&rest, "\n")) != NULL)
	{
		size_t length = strlen(line);

		number++;
		if (length > 0 && line[length - 1] == '\r')
			line[length - 1] = '\0';
		if (line[0] == '\0' || line[0] == '#')
			continue;
		if (!is_assignment(line))
			return psprintf("Line %d is not NAME=value.", number);
		set_variable(variables, count, line);
	}
	return NULL;
}

/* ---- the environment ---- */

static char *
exposed(void)
{
	StringInfoData names;

	initStringInfo(&names);
	appendStringInfoString(&names, EXPOSED_VARIABLE "=");
	for (int i = 0; i < lengthof(secrets); i++)
		if (getenv(secrets[i]) != NULL)
			appendStringInfo(&names, "%s%s", names.data[names.len - 1] == '=' ? "" : " ", secrets[i]);
	return names.data;
}

bool
environment_of_bridge(BridgeEnvironment *environment)
{
	const char *flaw = NULL;
	int inherited = 0;
	int count = 0;

	memset(environment, 0, sizeof *environment);
	while (environ[inherited] != NULL)
		inherited++;
	if (setting_bridge_environment_file[0] != '\0')
		flaw = read_file(setting_bridge_environment_file, environment);
	/* A line has at least two bytes. */
	environment->variables = palloc((inherited + FILE_MAX_SIZE / 2 + 3) * sizeof(char *));
	for (int i = 0; i < inherited; i++)
		environment->variables[count++] = environ[i];
	set_variable(environment->variables, &count, exposed());
	if (flaw == NULL && environment->content != NULL)
		flaw = add_lines(environment->content, environment->variables, &count);
	environment->variables[count] = NULL;
	if (flaw == NULL)
		return true;
	environment_forget(environment);
	ereport(LOG,
		errmsg("the environment of the aws_lambda bridge in \"%s\" is not used, and no bridge started", setting_bridge_environment_file),
		errdetail_internal("%s", flaw));
	return false;
}

void
environment_forget(BridgeEnvironment *environment)
{
	if (environment->content != NULL)
	{
		explicit_bzero(environment->content, environment->size);
		pfree(environment->content);
	}
	pfree(environment->variables);
	memset(environment, 0, sizeof *environment);
}

/* ---- hiding ---- */

/*
 * The kernel shows the place where the strings lay at the program's start as /proc/PID/environ. PostgreSQL has since moved the variables
 * elsewhere and left the original strings there.
 */
static void
erase_initial_strings(void)
{
#ifdef __linux__
	FILE *file = fopen("/proc/self/stat", "r");
	char text[2048];
	char *field;
	unsigned long start;
	unsigned long end;

	if (file == NULL)
		return;
	field = fgets(text, sizeof text, file) != NULL ? strrchr(text, ')') : NULL;
	fclose(file);
	/* The name, field 2, may contain blanks; single blanks separate the fields after it. Fields 50 and 51 delimit the environment. */
	for (int i = 2; field != NULL && i < 50; i++)
		field = strchr(field + 1, ' ');
	if (field == NULL || sscanf(field, "%lu %lu", &start, &end) != 2)
		return;
	for (char *at = (char *) start; at < (char *) end; at += strlen(at) + 1)
		if (strncmp(at, HIDDEN_PREFIX, strlen(HIDDEN_PREFIX)) == 0)
			explicit_bzero(at, strlen(at));
#endif
}

void
environment_hide(void)
{
	char **to = environ;

	erase_initial_strings();
	for (char **from = environ; *from != NULL; from++)
	{
		if (strncmp(*from, HIDDEN_PREFIX, strlen(HIDDEN_PREFIX)) == 0)
			explicit_bzero(*from, strlen(*from));
		else if (**from != '\0')
			*to++ = *from;
	}
	*to = NULL;
}
