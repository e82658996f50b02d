locals {
  weight      = var.step == 2 ? 0.25 : null
  provisioned = var.step == 3 ? 2 : null
}

resource "aws_iam_role" "versioned" {
  name = "terraform-function"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_lambda_function" "versioned" {
  function_name    = "terraform-function"
  role             = aws_iam_role.versioned.arn
  runtime          = "python3.12"
  handler          = "f.handler"
  filename         = "versioned.zip"
  source_code_hash = filebase64sha256("versioned.zip")
  publish          = true
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.versioned.function_name
  function_version = aws_lambda_function.versioned.version
  dynamic "routing_config" {
    for_each = local.weight == null ? [] : [local.weight]
    content {
      additional_version_weights = { "1" = routing_config.value }
    }
  }
}

resource "aws_lambda_permission" "live" {
  statement_id  = "terraform"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.versioned.function_name
  qualifier     = aws_lambda_alias.live.name
  principal     = "s3.amazonaws.com"
}

resource "aws_lambda_provisioned_concurrency_config" "live" {
  count                             = local.provisioned == null ? 0 : 1
  function_name                     = aws_lambda_function.versioned.function_name
  qualifier                         = aws_lambda_alias.live.name
  provisioned_concurrent_executions = local.provisioned
}

resource "aws_lambda_function_url" "live" {
  function_name      = aws_lambda_function.versioned.function_name
  qualifier          = aws_lambda_alias.live.name
  authorization_type = "AWS_IAM"
  invoke_mode        = "RESPONSE_STREAM"
  cors {
    allow_origins = ["https://app.example"]
    allow_methods = ["GET"]
    max_age       = 60
  }
}

resource "aws_lambda_function_event_invoke_config" "live" {
  function_name                = aws_lambda_function.versioned.function_name
  qualifier                    = aws_lambda_alias.live.name
  maximum_event_age_in_seconds = local.weight == null ? 60 : 3600
  maximum_retry_attempts       = local.weight == null ? 0 : 1
}

output "version" { value = aws_lambda_function.versioned.version }
