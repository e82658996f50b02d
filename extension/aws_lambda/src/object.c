#include "compat.h"

#include "nodes/nodes.h"
#include "tcop/tcopprot.h"

#include "arguments.h"
#include "connection.h"
#include "identity.h"
#include "object.h"
#include "report.h"
#include "settings.h"

#define URI_TYPE "_s3_uri_1"

ObjectRequest
object_request(void)
{
	ObjectRequest request = {
		.connect_timeout_ms = setting_s3_connect_timeout_ms,
		.request_timeout_ms = setting_s3_request_timeout_ms,
		.endpoint_override = text_of_setting(setting_s3_endpoint_url),
		.default_region = text_of_setting(setting_region),
		.log_context = log_context(),
		.identity = current_identity(),
	};

	return request;
}

static void
require_name(const ObjectRequest *request)
{
	if (request->bucket.length == 0 || request->key.length == 0)
		ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("no bucket or file path is given"),
			errhint("Name them with aws_commons.create_s3_uri('BUCKET', 'FILE PATH', 'REGION')."));
}

void
object_name_from_row(ObjectRequest *request, HeapTupleHeader row)
{
	request->bucket = text_attribute(row, URI_TYPE, "bucket");
	request->key = text_attribute(row, URI_TYPE, "file_path");
	request->region = text_attribute(row, URI_TYPE, "region");
	require_name(request);
}

void
object_name_from_arguments(ObjectRequest *request, FunctionCallInfo fcinfo, int first)
{
	request->bucket = text_argument(fcinfo, first);
	request->key = text_argument(fcinfo, first + 1);
	request->region = text_argument(fcinfo, first + 2);
	require_name(request);
}

void
object_send(const ObjectRequest *request, FrameReply *reply)
{
	bridge_object(request, reply);
	if (reply->type == FRAME_ERROR)
		report_bridge_error(reply);
}

void
object_error_in_statement(void *sql)
{
	int position = geterrposition();

	if (position <= 0)
		return;
	errposition(0);
	internalerrposition(position);
	internalerrquery(sql);
}

CopyStmt *
object_copy_statement(const char *sql, bool is_from)
{
	List *statements = pg_parse_query(sql);
	CopyStmt *copy = list_length(statements) == 1 ? (CopyStmt *) linitial_node(RawStmt, statements)->stmt : NULL;

	if (copy == NULL || !IsA(copy, CopyStmt) || copy->is_from != is_from || copy->filename != NULL || copy->is_program ||
		(is_from ? copy->relation == NULL : copy->query == NULL))
		ereport(
			ERROR, errcode(ERRCODE_SYNTAX_ERROR), errmsg("the arguments do not make one statement COPY"), errdetail_internal("%s", sql));
	if (copy->whereClause != NULL)
		ereport(ERROR, errcode(ERRCODE_FEATURE_NOT_SUPPORTED), errmsg("a condition WHERE is not supported by aws_s3"));
	return copy;
}
