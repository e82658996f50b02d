variable "endpoint" {}

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
    logs = var.endpoint
    sts  = var.endpoint
  }
}

resource "aws_cloudwatch_log_group" "app" {
  name              = "/terraform/app"
  retention_in_days = 14
  tags              = { team = "a" }
}

resource "aws_cloudwatch_log_stream" "app" {
  name           = "stream"
  log_group_name = aws_cloudwatch_log_group.app.name
}
