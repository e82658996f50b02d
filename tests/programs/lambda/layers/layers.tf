variable "endpoint" {}
variable "package" {}
variable "layer" {}

terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  region                      = "us-east-1"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
  endpoints {
    iam    = var.endpoint
    lambda = var.endpoint
    sts    = var.endpoint
  }
}

resource "aws_iam_role" "function" {
  name = "terraform-layers"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_lambda_layer_version" "data" {
  layer_name               = "terraform-layer"
  filename                 = var.layer
  source_code_hash         = filebase64sha256(var.layer)
  description              = "from Terraform"
  compatible_runtimes      = ["python3.12", "python3.13"]
  compatible_architectures = ["x86_64", "arm64"]
  license_info             = "MIT"
}

resource "aws_lambda_layer_version_permission" "data" {
  layer_name     = aws_lambda_layer_version.data.layer_name
  version_number = aws_lambda_layer_version.data.version
  principal      = "111122223333"
  action         = "lambda:GetLayerVersion"
  statement_id   = "terraform"
}

resource "aws_lambda_function" "function" {
  function_name    = "terraform-with-layer"
  role             = aws_iam_role.function.arn
  runtime          = "python3.12"
  handler          = "f.handler"
  filename         = var.package
  source_code_hash = filebase64sha256(var.package)
  layers           = [aws_lambda_layer_version.data.arn]
}

output "layer" { value = aws_lambda_layer_version.data.arn }
