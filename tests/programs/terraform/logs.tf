resource "aws_cloudwatch_log_group" "app" {
  name              = "/terraform/app"
  retention_in_days = 14
  tags              = { team = "a" }
}

resource "aws_cloudwatch_log_stream" "app" {
  name           = "stream"
  log_group_name = aws_cloudwatch_log_group.app.name
}
